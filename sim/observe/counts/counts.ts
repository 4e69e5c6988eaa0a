/** A list of whole numbers that counts values: grows to the greatest. */
export class Counts {
  values = new Float64Array(16)
  private length = 0

  add(value: number): void {
    if (value >= this.values.length) {
      const wider = new Float64Array(Math.max(value + 1, this.values.length * 2))
      wider.set(this.values)
      this.values = wider
    }
    this.values[value]!++
    if (value >= this.length) this.length = value + 1
  }

  toVector(): Float64Array {
    return this.values.slice(0, this.length)
  }
}
