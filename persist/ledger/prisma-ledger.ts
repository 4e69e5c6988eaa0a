import { DAY_MS } from '../../sim/content/index.ts'
import type { PrismaClient } from '../generated/sqlite/client.ts'
import type { RunStatus } from '../store.ts'
import { type IdRange, type LedgerDay, type LedgerReader, type LedgerRun, layoutOf } from './records.ts'

/**
 * The typed client of any provider. The clients differ in the type of ids alone (number, or bigint), which every
 * reader turns into numbers.
 */
export type LedgerClient = Pick<PrismaClient, 'seedRun' | 'seedRunDay' | 'seedPerson' | '$disconnect'>

const PEOPLE_PER_READ = 20_000

/** Reads the ledger through Prisma's typed client. */
export class PrismaLedger implements LedgerReader {
  readonly #client: LedgerClient

  constructor(client: LedgerClient) {
    this.#client = client
  }

  async runs(which?: { seed: string } | { id: number }): Promise<LedgerRun[]> {
    const runs = await this.#client.seedRun.findMany({
      where: which ?? {},
      orderBy: { id: 'asc' },
      include: { segments: { orderBy: { position: 'asc' } } },
    })
    return runs.map((run) => ({
      id: Number(run.id),
      seed: run.seed,
      startDay: Math.floor(run.startDate.getTime() / DAY_MS),
      placePack: run.placePack,
      config: run.config,
      engineVersion: run.engineVersion,
      packageVersion: run.packageVersion,
      status: run.status as RunStatus,
      segments: run.segments.map((segment) => {
        const [firstPerson, people] = JSON.parse(segment.cohorts) as [number, number]
        const { fromDay, days, gap, inputs } = segment
        return { fromDay, days, firstPerson, people, gap, inputs }
      }),
      layouts: run.segments.map(({ bases }) => layoutOf(bases)),
      profilesThrough: run.profilesThrough,
      chunks: run.chunks,
      lastDay: run.lastDay,
      people: run.people,
      digest: run.digest,
      metrics: run.metrics,
    }))
  }

  async hasDays(runId: number): Promise<boolean> {
    return (await this.#client.seedRunDay.findFirst({ where: { runId }, select: { runId: true } })) !== null
  }

  async days(runId: number): Promise<LedgerDay[]> {
    const rows = await this.#client.seedRunDay.findMany({
      where: { runId },
      orderBy: [{ day: 'asc' }, { chunk: 'asc' }, { tableName: 'asc' }],
    })
    return rows.map((row) => ({
      day: row.day,
      chunk: row.chunk,
      table: row.tableName,
      rows: row.rows,
      firstId: Number(row.firstId),
      lastId: Number(row.lastId),
      factDigest: row.factDigest,
      contentDigest: row.contentDigest,
      markets: row.markets === null ? null : (JSON.parse(row.markets) as number[]),
    }))
  }

  async announcedBeside(runId: number): Promise<IdRange[]> {
    const runs = await this.#client.seedRun.findMany({
      select: { id: true, chunks: true, lastDay: true },
      where: { id: { not: runId }, status: { not: 'finished' } },
    })
    const ranges: IdRange[] = []
    for (const { id, chunks, lastDay } of runs) {
      const rows = await this.#client.seedRunDay.findMany({
        select: { tableName: true, firstId: true, lastId: true },
        where: { runId: id, OR: [{ chunk: 0, day: { gt: lastDay } }, { chunk: { gt: chunks } }, { chunk: { lt: 0 } }] },
      })
      for (const { tableName, firstId, lastId } of rows) {
        if (firstId <= lastId) ranges.push({ table: tableName, firstId: Number(firstId), lastId: Number(lastId) })
      }
    }
    return ranges
  }

  async *people(runId: number) {
    for (let after = 0; ; ) {
      const rows = await this.#client.seedPerson.findMany({
        select: { k: true, userId: true },
        where: { runId, k: { gt: after } },
        orderBy: { k: 'asc' },
        take: PEOPLE_PER_READ,
      })
      if (rows.length > 0) yield rows.map(({ k, userId }) => ({ k, userId: Number(userId) }))
      if (rows.length < PEOPLE_PER_READ) return
      after = rows.at(-1)!.k
    }
  }
}
