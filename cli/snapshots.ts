/** Beside an SQLite file, whatever writes it, unless another folder, or none, was asked for. */
export function snapshotFolderOf(url: string, asked: string | undefined): string | undefined {
  if (asked !== undefined) return asked === 'off' ? undefined : asked
  const file = /^file:(?:\/\/)?([^?]+)/i.exec(url)?.[1]
  return file === undefined ? undefined : `${file}-snapshots`
}
