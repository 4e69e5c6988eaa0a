import type { PersonProfile } from '../../sim/agents/index.ts'
import { placePack } from '../../sim/content/index.ts'
import type { TableBatch } from '../batch.ts'
import { sourcesOf } from '../blocks/maker.ts'
import type { Account } from '../ledger/account.ts'
import { LAYOUT } from '../ledger/records.ts'
import { peopleBatch } from '../ledger/tables.ts'
import { contentDigest } from '../rows/digest.ts'
import { UserIds } from '../rows/ids.ts'
import { quizzesIn } from '../rows/lookups.ts'
import { countMedia, dirtyInterests, type ProfileContext, profileBatches } from '../rows/profiles.ts'
import type { TaskSetup } from './task-setup.ts'

/** Rows of a table, and what the ledger records of them. */
export interface MadeRows extends Account {
  readonly table: string
  readonly batch: TableBatch
  /** The range of the table's key. */
  readonly firstId: number
  readonly lastId: number
}

export interface MadePeople {
  /** Profile tables in the order of writing, those without rows too; then the ledger's own `seed_people`. */
  readonly tables: readonly MadeRows[]
  /** Interests that these people touched first, and when: [id, epoch ms, …], ids ascending. */
  readonly marks: readonly number[]
}

/** Makes the rows of people, on whatever machine this is. */
export class PeopleMaker {
  readonly #runId: number
  readonly #context: ProfileContext
  readonly #ids: UserIds

  constructor({ runId, blocks, people: { lookups, inputs } }: TaskSetup) {
    const { places, pictures } = blocks.sources!
    this.#runId = runId
    this.#ids = UserIds.of(blocks.ids.users)
    this.#context = {
      startMs: blocks.ids.startMs,
      places: placePack(places),
      lookups,
      quizzes: quizzesIn(inputs),
      pictures: sourcesOf({ places, pictures }).pictures,
    }
  }

  /**
   * @param people who have consecutive user ids, in their order
   * @param first ids of the first of them, and of their first picture
   */
  make(
    people: readonly PersonProfile[],
    first: { readonly users: number; readonly profile_media: number },
  ): MadePeople {
    people.forEach(({ k }, i) => {
      this.#ids.set(k, first.users + i)
    })
    const media = [first.profile_media, first.profile_media + countMedia(people) - 1] as const
    const users = [first.users, first.users + people.length - 1] as const
    const made = (batch: TableBatch): MadeRows => {
      const { table } = batch.shape
      const [firstId, lastId] = table === 'profile_media' ? media : users
      return { table, batch, firstId, lastId, rows: batch.rows, contentDigest: contentDigest(batch, LAYOUT) }
    }
    const batches = profileBatches(people, this.#ids, first.profile_media, this.#context)
    const ledger = peopleBatch(this.#runId, people, this.#ids)
    const marks = dirtyInterests(people, this.#context)
    const [ids, times] = [marks.columns.interest_id!, marks.columns.marked_at!]
    return {
      tables: [...batches, ledger].map(made),
      marks: Array.from({ length: marks.rows }, (_, i) => [ids[i] as number, times[i] as number]).flat(),
    }
  }
}
