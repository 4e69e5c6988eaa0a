/** Inverse of a symmetric, positive definite matrix by Cholesky's factors. Throws RangeError when it is not. */
export function inverseOfPositive(a: readonly (readonly number[])[]): number[][] {
  const n = a.length
  const l = a.map(() => new Array<number>(n).fill(0))
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i]![j]!
      for (let k = 0; k < j; k++) sum -= l[i]![k]! * l[j]![k]!
      if (i !== j) l[i]![j] = sum / l[j]![j]!
      else if (sum > 0) l[i]![i] = Math.sqrt(sum)
      else throw new RangeError('inverseOfPositive: the matrix is not positive definite')
    }
  }
  const inverse = a.map(() => new Array<number>(n).fill(0))
  for (let column = 0; column < n; column++) {
    const y = new Array<number>(n).fill(0)
    for (let i = 0; i < n; i++) {
      let sum = i === column ? 1 : 0
      for (let k = 0; k < i; k++) sum -= l[i]![k]! * y[k]!
      y[i] = sum / l[i]![i]!
    }
    for (let i = n - 1; i >= 0; i--) {
      let sum = y[i]!
      for (let k = i + 1; k < n; k++) sum -= l[k]![i]! * inverse[k]![column]!
      inverse[i]![column] = sum / l[i]![i]!
    }
  }
  return inverse
}
