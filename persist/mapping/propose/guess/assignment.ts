/**
 * The pairs of rows and columns, each at most once, whose points add up to the most (Kuhn and Munkres, with potentials).
 * @param points one row each; what is not above 0 is no pair
 * @returns the column of each row, −1 for none
 */
export function bestPairs(points: readonly (readonly number[])[]): number[] {
  const rows = points.length
  // As many columns again that stand for none.
  const columns = (points[0]?.length ?? 0) + rows
  const cost = (row: number, column: number) => -Math.max(0, points[row]![column] ?? 0)
  const ofRow = new Array<number>(rows + 1).fill(0)
  const ofColumn = new Array<number>(columns + 1).fill(0)
  const rowAt = new Array<number>(columns + 1).fill(0)
  for (let row = 1; row <= rows; row++) {
    const before = new Array<number>(columns + 1).fill(0)
    const least = new Array<number>(columns + 1).fill(Number.POSITIVE_INFINITY)
    const seen = new Array<boolean>(columns + 1).fill(false)
    let at = 0
    rowAt[0] = row
    do {
      seen[at] = true
      const from = rowAt[at]!
      let step = Number.POSITIVE_INFINITY
      let next = 0
      for (let column = 1; column <= columns; column++) {
        if (seen[column]) continue
        const left = cost(from - 1, column - 1) - ofRow[from]! - ofColumn[column]!
        if (left < least[column]!) {
          least[column] = left
          before[column] = at
        }
        if (least[column]! < step) {
          step = least[column]!
          next = column
        }
      }
      for (let column = 0; column <= columns; column++) {
        if (seen[column]) {
          ofRow[rowAt[column]!]! += step
          ofColumn[column]! -= step
        } else least[column]! -= step
      }
      at = next
    } while (rowAt[at] !== 0)
    do {
      const back = before[at]!
      rowAt[at] = rowAt[back]!
      at = back
    } while (at !== 0)
  }
  const found = new Array<number>(rows).fill(-1)
  for (let column = 1; column <= columns; column++) {
    const row = rowAt[column]! - 1
    if (row >= 0 && (points[row]![column - 1] ?? 0) > 0) found[row] = column - 1
  }
  return found
}
