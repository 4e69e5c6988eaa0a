/**
 * Lets a command go on when nobody reads what it prints any more, as in `mingle runs | head -1`: what it does to a database
 * is done to the end, and the rest of its words go nowhere.
 */
export function goOnUnread(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}
