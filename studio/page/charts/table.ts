/** A number as it was measured, for files, and as people read it. */
export interface Told {
  readonly value: number
  readonly shown: string
}

export type Cell = string | number | Told

/** The numbers behind a figure. Every row has a cell for each column. */
export interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** @param value NaN where there is none: then nothing is shown */
export function cell(value: number, format: (value: number) => string): Told {
  return { value, shown: Number.isNaN(value) ? '' : format(value) }
}

export function shownOf(cell: Cell): string | number {
  return typeof cell === 'object' ? cell.shown : cell
}

export function rawOf(cell: Cell): string | number {
  return typeof cell === 'object' ? cell.value : cell
}
