import { quoted } from '../../identifiers.ts'
import type { IdRange } from '../../ledger/records.ts'
import { type Query, SqlLedger } from '../../ledger/sql-ledger.ts'
import { DAY_TABLES } from '../../rows/placement.ts'
import { ROOM_BESIDE } from './days.ts'

/** A ledger where tables may be kept by day: what another run has made room for is as good as announced. */
export class RoomLedger extends SqlLedger {
  readonly #query: Query

  /** @param query with `?` for values, as the ledger's; @param numbered the same with `$1`, `$2`, … */
  constructor(query: Query, numbered: Query) {
    super(query)
    this.#query = numbered
  }

  override async announcedBeside(runId: number): Promise<IdRange[]> {
    const rooms = await this.#query(ROOM_BESIDE, [DAY_TABLES.map((table) => quoted(table)), String(runId)])
    return [
      ...(await super.announcedBeside(runId)),
      ...rooms.map(([table, lastId]) => ({ table: String(table), firstId: 1, lastId: Number(lastId) })),
    ]
  }
}
