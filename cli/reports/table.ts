/** Prints aligned columns: numbers to the right with thousands separated, words to the left. */
export function printTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  for (const line of tableLines(head, rows)) console.log(line)
}

export function tableLines(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const cells = rows.map((row) => row.map((value) => (typeof value === 'number' ? grouped(value) : value)))
  const widths = head.map((title, i) => Math.max(title.length, ...cells.map((row) => row[i]!.length)))
  const right = head.map((_, i) => rows.length > 0 && rows.every((row) => typeof row[i] === 'number'))
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => (right[i] ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd()
  return [line(head), line(widths.map((width) => '─'.repeat(width))), ...cells.map(line)]
}

/** 1234567 → 1,234,567, in every locale. */
export function grouped(value: number): string {
  const [whole, fraction] = String(value).split('.')
  const text = whole!.replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? text : `${text}.${fraction}`
}
