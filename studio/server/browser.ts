import { spawn } from 'node:child_process'

/** Opens an address in the user's browser, if there is one; never an error: the address is printed anyway. */
export function openBrowser(address: string): void {
  const [program, ...before] =
    process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open']
  // What a shell of Windows would read as the next command.
  const safe = process.platform === 'win32' ? address.replaceAll('&', '^&') : address
  const child = spawn(program!, [...before, safe], { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}
