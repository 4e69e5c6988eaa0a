import type { PersonProfile } from '../../sim/agents/index.ts'
import { PeopleMaker } from '../planned/people-maker.ts'
import type { TaskSetup } from '../planned/task-setup.ts'
import { wordsOfHex } from '../rows/row-sum.ts'
import { TABLES } from '../rows/tables.ts'
import type { Block, PeopleBlocks, PeopleIds } from './block.ts'
import { BlockEncoder } from './encoder.ts'

/** Makes finished blocks of people's rows, on whatever thread this is. */
export class PeopleBlockMaker {
  readonly #maker: PeopleMaker
  readonly #encoder: BlockEncoder

  /** @param setup its form is one that needs no files of its own */
  constructor(setup: TaskSetup) {
    this.#maker = new PeopleMaker(setup)
    this.#encoder = new BlockEncoder(setup.blocks.encoding)
  }

  /** @param people whose numbers, and ids, follow one another */
  make(people: readonly PersonProfile[], first: PeopleIds): PeopleBlocks {
    const { tables, marks } = this.#maker.make(people, first)
    const made = tables.filter(({ table, rows }) => table in TABLES && rows > 0)
    const blocks = made.map(({ table, rows, batch, contentDigest }): Block => {
      const keys = batch.columns[batch.shape.key]!
      const range = { firstId: keys[0] as number, lastId: keys[rows - 1] as number }
      const digest = wordsOfHex(contentDigest)
      return { table, market: -1, rows, ...range, digest, referred: {}, data: this.#encoder.encode(batch, null) }
    })
    return { blocks, ledger: tables.find(({ table }) => !(table in TABLES))!.batch, marks }
  }
}

/** The memory behind the rows of `seed_people`, which can move to another thread with them. */
export function memoryOfLedger({ ledger }: PeopleBlocks): ArrayBuffer[] {
  return Object.values(ledger.columns).flatMap((column) =>
    ArrayBuffer.isView(column) ? [column.buffer as ArrayBuffer] : [],
  )
}
