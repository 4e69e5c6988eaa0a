/**
 * Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations (Golub & Van Loan, 8.5): slow and exact enough
 * for some dozens of dimensions.
 *
 * @returns values, and vectors as columns: a = Σ values[i] · v_i v_iᵀ
 */
export function symmetricEigen(a: readonly (readonly number[])[]): { values: number[]; vectors: number[][] } {
  const n = a.length
  const m = a.map((row) => [...row])
  const v = m.map((_, i) => m.map((__, j) => (i === j ? 1 : 0)))
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0
    let all = 0
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const square = m[i]![j]! * m[i]![j]!
        all += square
        if (i !== j) off += square
      }
    }
    if (off <= 1e-30 * all) break
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) rotate(m, v, p, q)
  }
  return { values: m.map((row, i) => row[i]!), vectors: v }
}

function rotate(m: number[][], v: number[][], p: number, q: number): void {
  const apq = m[p]![q]!
  if (apq === 0) return
  const theta = (m[q]![q]! - m[p]![p]!) / (2 * apq)
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const c = 1 / Math.sqrt(t * t + 1)
  const s = t * c
  const n = m.length
  for (let k = 0; k < n; k++) {
    const row = m[k]!
    const [x, y] = [row[p]!, row[q]!]
    row[p] = c * x - s * y
    row[q] = s * x + c * y
  }
  const [rowP, rowQ] = [m[p]!, m[q]!]
  for (let k = 0; k < n; k++) {
    const [x, y] = [rowP[k]!, rowQ[k]!]
    rowP[k] = c * x - s * y
    rowQ[k] = s * x + c * y
  }
  for (let k = 0; k < n; k++) {
    const row = v[k]!
    const [x, y] = [row[p]!, row[q]!]
    row[p] = c * x - s * y
    row[q] = s * x + c * y
  }
}
