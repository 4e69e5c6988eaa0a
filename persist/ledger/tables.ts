import type { PersonProfile } from '../../sim/agents/index.ts'
import { formatDate } from '../../sim/content/index.ts'
import type { TableBatch, TableShape } from '../batch.ts'
import type { UserIds } from '../rows/ids.ts'
import { dayOf } from '../rows/profiles.ts'
import type { NewRun, Segment } from '../store.ts'
import { type Cursor, LAYOUT, type LedgerDay } from './records.ts'

/** The ledger's tables, in the order of writing. */
export const LEDGER = {
  seed_runs: {
    table: 'seed_runs',
    key: 'id',
    order: ['id'],
    columns: {
      id: 'id',
      seed: 'text',
      start_date: 'date',
      place_pack: 'text',
      config: 'text',
      engine_version: 'int',
      package_version: 'text',
      status: 'text',
      profiles_through: 'int',
      chunks: 'int',
      last_day: 'int',
      people: 'int',
      digest: 'text',
      metrics: 'text',
      created_at: 'time',
      updated_at: 'time',
    },
  },
  seed_run_segments: {
    table: 'seed_run_segments',
    key: 'run_id',
    order: ['run_id', 'position'],
    columns: {
      run_id: 'id',
      position: 'int',
      from_day: 'int',
      days: 'int',
      cohorts: 'text',
      gap: 'int',
      bases: 'text',
      inputs: 'text',
    },
  },
  seed_run_days: {
    table: 'seed_run_days',
    key: 'run_id',
    order: ['run_id', 'day', 'chunk', 'table_name'],
    columns: {
      run_id: 'id',
      day: 'int',
      chunk: 'int',
      table_name: 'text',
      rows: 'int',
      first_id: 'id',
      last_id: 'id',
      fact_digest: 'text',
      content_digest: 'text',
      markets: 'text',
    },
  },
  seed_people: {
    table: 'seed_people',
    key: 'run_id',
    order: ['run_id', 'k'],
    columns: {
      run_id: 'id',
      k: 'int',
      user_id: 'id',
      archetype: 'text',
      sociability: 'float',
      selectivity: 'float',
      engagement: 'float',
      joined_day: 'int',
      lifecycle: 'text',
      flags: 'int',
    },
  },
} as const satisfies Record<string, TableShape>

export function runBatch(id: number, run: NewRun, cursor: Cursor, now: number): TableBatch {
  return {
    shape: LEDGER.seed_runs,
    rows: 1,
    columns: {
      id: Float64Array.of(id),
      seed: [run.seed],
      start_date: [formatDate(run.startDay)],
      place_pack: [run.placePack],
      config: [run.config],
      engine_version: Int32Array.of(run.engineVersion),
      package_version: [run.packageVersion],
      status: [cursor.status],
      profiles_through: Int32Array.of(cursor.profilesThrough),
      chunks: Int32Array.of(cursor.chunks),
      last_day: Int32Array.of(cursor.lastDay),
      people: Int32Array.of(cursor.people),
      digest: [cursor.digest],
      metrics: [cursor.metrics],
      created_at: Float64Array.of(now),
      updated_at: Float64Array.of(now),
    },
  }
}

/**
 * @param bases the next free id of each table, and, with the first segment, under `made`, the lookup rows that the run
 * added; recorded with them: how content digests are made
 */
export function segmentBatch(
  runId: number,
  position: number,
  segment: Segment,
  bases: Readonly<Record<string, unknown>>,
): TableBatch {
  return {
    shape: LEDGER.seed_run_segments,
    rows: 1,
    columns: {
      run_id: Float64Array.of(runId),
      position: Int32Array.of(position),
      from_day: Int32Array.of(segment.fromDay),
      days: Int32Array.of(segment.days),
      cohorts: [JSON.stringify([segment.firstPerson, segment.people])],
      gap: Int32Array.of(segment.gap),
      bases: [JSON.stringify({ layout: LAYOUT, ...bases })],
      inputs: [segment.inputs],
    },
  }
}

export function daysBatch(runId: number, rows: readonly LedgerDay[]): TableBatch {
  return {
    shape: LEDGER.seed_run_days,
    rows: rows.length,
    columns: {
      run_id: Float64Array.from(rows, () => runId),
      day: Int32Array.from(rows, (row) => row.day),
      chunk: Int32Array.from(rows, (row) => row.chunk),
      table_name: rows.map((row) => row.table),
      rows: Int32Array.from(rows, (row) => row.rows),
      first_id: Float64Array.from(rows, (row) => row.firstId),
      last_id: Float64Array.from(rows, (row) => row.lastId),
      fact_digest: rows.map((row) => row.factDigest),
      content_digest: rows.map((row) => row.contentDigest),
      markets: rows.map((row) => row.markets && JSON.stringify(row.markets)),
    },
  }
}

export function peopleBatch(runId: number, people: readonly PersonProfile[], ids: UserIds): TableBatch {
  return {
    shape: LEDGER.seed_people,
    rows: people.length,
    columns: {
      run_id: Float64Array.from(people, () => runId),
      k: Int32Array.from(people, (person) => person.k),
      user_id: Float64Array.from(people, (person) => ids.get(person.k)),
      archetype: people.map((person) => person.archetype),
      sociability: Float64Array.from(people, (person) => person.sociability),
      selectivity: Float64Array.from(people, (person) => person.selectivity),
      engagement: Float64Array.from(people, (person) => person.engagement),
      joined_day: Int32Array.from(people, (person) => dayOf(person.joinedAt)),
      lifecycle: people.map((person) => person.lifecycle),
      flags: Int32Array.from(people, (person) => person.flags),
    },
  }
}
