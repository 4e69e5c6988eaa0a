import { type People, wider } from '../../agents/index.ts'

/** Each person's way through the site: active, dormant, churned and back, in spells. */
export class Lives {
  state = new Uint8Array(0)
  /** Number of spells so far: the key of the next spell's draws. */
  spell = new Int32Array(0)
  /** Handle of the end of the current spell. */
  next = new Float64Array(0)

  admit(people: People): void {
    const rows = people.k.length
    if (rows === this.state.length) return
    this.state = wider(this.state, rows)
    this.spell = wider(this.spell, rows)
    this.next = wider(this.next, rows)
  }
}
