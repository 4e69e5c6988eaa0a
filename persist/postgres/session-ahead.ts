import type { Block } from '../blocks/block.ts'
import type { RowsAhead } from '../database/backend.ts'
import { quoted } from '../identifiers.ts'
import { DAY_TABLES } from '../rows/placement.ts'
import type { WritingSession } from './writing-session.ts'

/** A day's rows that are copied, or being copied, on a session of their own, in a transaction that is under way there. */
export interface Ahead {
  readonly session: WritingSession
  /** Undefined: not known yet. */
  blocks: readonly Block[] | undefined
  /** Once all are there. */
  copied: Promise<void>
  failed: boolean
}

/**
 * A second session, on which the next day's rows are copied while the first one writes the day before: two processes of the server are at
 * work. When their turn comes, the sessions change places.
 */
export class SessionAhead {
  readonly #make: () => WritingSession
  /** Nothing is under way on it. */
  #spare: WritingSession | undefined
  #ahead: Ahead | undefined

  constructor(make: () => WritingSession) {
    this.#make = make
  }

  /** As `copyAhead` of the adapter contract. */
  async copy(runId: number, tables: readonly string[], rows: RowsAhead): Promise<boolean> {
    this.discard()
    const session = this.#spare ?? this.#make()
    this.#spare = undefined
    const ahead: Ahead = { session, blocks: undefined, copied: Promise.resolve(), failed: false }
    this.#ahead = ahead
    ahead.copied = this.#copy(ahead, runId, tables, rows)
    try {
      await ahead.copied
      return true
    } catch {
      ahead.failed = true
      if (this.#ahead === ahead) this.discard()
      return false
    }
  }

  async #copy(ahead: Ahead, runId: number, tables: readonly string[], rows: RowsAhead): Promise<void> {
    const { session } = ahead
    for (const table of DAY_TABLES) {
      if (!(await session.factsOf(quoted(table))).plain) throw new Error(`the server has work of its own with ${table}`)
    }
    await session.begin()
    const { lastIds, blocks } = await rows(await session.greatestIds(tables))
    ahead.blocks = blocks
    // Before rows are there: whoever adds some from here on takes ids above ours.
    await session.advanceSequences(lastIds)
    await session.insertBlocks(blocks)
    // Here it waits for the transaction before it, so that the server knows: sessions that wait for one another in a circle, those of
    // another run among them, it then finds.
    await session.query('SELECT FROM seed_runs WHERE id = $1 FOR NO KEY UPDATE', [runId])
  }

  /** The session with its transaction, once its ids are taken; the one that was written on comes in its place. */
  take(instead: WritingSession): Ahead | null {
    const ahead = this.#ahead
    if (!ahead || ahead.failed) return null
    this.#ahead = undefined
    this.#spare = instead
    return ahead
  }

  /** Undoes what was copied, wherever it stands. */
  async discard(): Promise<void> {
    const ahead = this.#ahead
    this.#ahead = undefined
    await ahead?.session.close()
  }

  async close(): Promise<void> {
    await this.discard()
    await this.#spare?.close()
    this.#spare = undefined
  }
}
