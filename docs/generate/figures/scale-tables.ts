import { SimulatedCluster } from '../../../bench/cluster/simulated-cluster.ts'
import { groupMarkets, TABLES_OF_PEOPLE } from '../../../cluster/plan/groups.ts'
import { DAY_TABLES } from '../../../persist/index.ts'
import { type Figures, spread } from './record.ts'

const DAYS = 90
/** Most people of one run; beyond it, several. */
const MOST_PEOPLE = 10_000_000
const PEOPLE_OF_A_MARKET = 1_900
const PEOPLE_OF_A_CHUNK = 1_000
const SIZES = [1e6, 1e7, 1e8, 1e9]
const MACHINES = [1, 10, 100, 1_000]
/** Of the machines that are predicted for. */
const CORES = 2
/** Chosen: each worker dies once a day, and one task in fifty takes three times as long. */
const DEATHS = { meanBetween: 86_400, restart: 60, lock: 30 }
const STRAGGLERS = { share: 0.02, factor: 3 }
const HOUR = 3600
/** People of the runs whose tasks are held against one process. */
export const OVERHEAD_PEOPLE = [10_000, 30_000, 100_000] as const

type Row = readonly string[]

const grouped = (value: number) => Math.round(value).toLocaleString('en-US')
const digits = (value: number, count = 2) => {
  const text = Number(value.toPrecision(count))
  return text >= 1000 ? grouped(text) : String(text)
}
const power = (people: number) => `10${'⁰¹²³⁴⁵⁶⁷⁸⁹'[Math.round(Math.log10(people))]}`
const percent = (share: number) => `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(1)} %`

/** What a run of so many people is cut into: of one run as many as there are for `MOST_PEOPLE`. */
function cutOf(people: number): { readonly runs: number; readonly tasks: number; readonly files: number } {
  const each = Math.min(people, MOST_PEOPLE)
  const markets = Array.from({ length: Math.round(each / PEOPLE_OF_A_MARKET) }, (_, i) => i)
  const sizes = markets.map(() => PEOPLE_OF_A_MARKET)
  const chunks = each / PEOPLE_OF_A_CHUNK
  const groups = groupMarkets(markets, sizes, DAYS, chunks).length
  const runs = people / each
  const files = groups * DAYS * DAY_TABLES.length + chunks * TABLES_OF_PEOPLE
  return { runs, tasks: runs * groups, files: runs * files }
}

/** CPU of a person and day that is lived through and not written: of a million people × 90 days on two threads. */
function countMicroseconds(figures: Figures): number {
  return (spread(figures, 'million', 'seconds').middle * 2 * 1e6) / (1e6 * DAYS)
}

/** Rows a second of one writer into PostgreSQL, once warm. */
function serverRate(figures: Figures): number {
  return spread(figures, 'rate postgresql', 'rowsPerSecond').middle
}

/** Hours on so many machines, by the simulated cluster. */
function hours(figures: Figures, people: number, machines: number, passes: readonly ('count' | 'write')[]): number {
  const of = (key: string) => spread(figures, 'scale parquet', key).middle
  const micros = { count: countMicroseconds(figures), write: of('writeMicroseconds') }
  const { tasks } = cutOf(people)
  const personDays = (people * DAYS) / tasks
  const { makespan } = new SimulatedCluster({
    passes: passes.map((pass) => {
      const once = pass === 'count' && passes.length > 1 ? (personDays / DAYS) * of('peopleMicroseconds') : 0
      return new Array(tasks).fill((personDays * micros[pass] + once) / 1e6)
    }),
    workers: machines * CORES,
    warmUp: of('writeCold'),
    look: 1,
    pickUp: 0.05,
    deaths: DEATHS,
    stragglers: STRAGGLERS,
  }).run()
  return makespan / HOUR
}

function shownHours(value: number): string {
  return value >= 48 ? `${digits(value / 24)} days` : value >= 1 ? `${digits(value)} h` : `${digits(value * 60)} min`
}

/** Tables of docs/scale.md. */
export const SCALE_TABLES: Readonly<Record<string, (figures: Figures) => { head: Row; rows: Row[] }>> = {
  scaleCosts: (figures) => {
    const files = (key: string) => spread(figures, 'scale parquet', key).middle
    const server = (key: string) => spread(figures, 'scale postgres', key).middle
    return {
      head: ['a person and day', 'none', 'Parquet', 'PostgreSQL'],
      rows: [
        ['rows', '0', digits(files('rowsAPersonDay'), 3), digits(server('rowsAPersonDay'), 3)],
        ['bytes that stay', '0', digits(files('bytesAPersonDay'), 3), digits(server('bytesAPersonDay'), 3)],
        ['bytes of log (WAL)', '', '', digits(server('logBytesAPersonDay'), 3)],
        [
          'CPU µs, ours',
          digits(countMicroseconds(figures), 3),
          `${digits(countMicroseconds(figures), 3)} + ${digits(files('writeMicroseconds'), 3)} (two passes)`,
          digits(server('clientMicroseconds'), 3),
        ],
        ['CPU µs of a person, once', '', digits(files('peopleMicroseconds'), 3), ''],
        ['CPU µs, the server’s', '', '', digits(server('serverMicroseconds'), 3)],
        ['µs of a VACUUM (FREEZE, ANALYZE) afterwards', '', '', digits(server('vacuumMicroseconds'), 3)],
        ['rows a second and core', '', grouped(files('rowsASecond')), `${grouped(serverRate(figures))} (one writer)`],
      ],
    }
  },
  scaleHours: (figures) => ({
    head: [
      'people × 90 days',
      'runs',
      'tasks a pass',
      'output',
      ...MACHINES.map((count) => `${grouped(count)} ${count === 1 ? 'machine' : 'machines'}`),
    ],
    rows: SIZES.flatMap((people) => {
      const { runs, tasks } = cutOf(people)
      const over = (passes: readonly ('count' | 'write')[]) =>
        MACHINES.map((machines) => shownHours(hours(figures, people, machines, passes)))
      const of = (key: string) => spread(figures, 'scale postgres', key).middle
      const oneServer = (people * DAYS * of('rowsAPersonDay')) / serverRate(figures) / HOUR
      return [
        [power(people), grouped(runs), grouped(tasks), 'none', ...over(['count'])],
        ['', '', '', 'Parquet', ...over(['count', 'write'])],
        ['', '', '', 'one PostgreSQL, one writer', shownHours(oneServer), '', '', ''],
      ]
    }),
  }),
  scaleSizes: (figures) => ({
    head: ['people × 90 days', 'rows', 'Parquet', 'PostgreSQL', 'its log', 'files', 'greatest id'],
    rows: SIZES.map((people) => {
      const personDays = people * DAYS
      const files = (key: string) => spread(figures, 'scale parquet', key).middle * personDays
      const server = (key: string) => spread(figures, 'scale postgres', key).middle * personDays
      const bytes = (value: number) => (value >= 1e15 ? `${digits(value / 1e15)} PB` : `${digits(value / 1e12)} TB`)
      const perRun = (files('feedSeenAPersonDay') / people) * Math.min(people, MOST_PEOPLE)
      return [
        power(people),
        `${digits(files('rowsAPersonDay') / 1e9)} × 10⁹`,
        bytes(files('bytesAPersonDay')),
        bytes(server('bytesAPersonDay')),
        bytes(server('logBytesAPersonDay')),
        grouped(cutOf(people).files),
        `2^${Math.log2(perRun).toFixed(1)}`,
      ]
    }),
  }),
  scaleCoordinator: (figures) => ({
    head: [
      'people × 90 days',
      'markets',
      'groups',
      'files',
      'counts',
      'manifest.json',
      'working out ids',
      'finishing',
      'most memory',
    ],
    rows: [1e6, 1e7]
      .filter((people) => figures.figures[`scale coordinator ${people}`])
      .map((people) => {
        const of = (key: string) => spread(figures, `scale coordinator ${people}`, key).middle
        return [
          power(people),
          grouped(of('markets')),
          grouped(of('groups')),
          grouped(of('files')),
          `${digits(of('countsMegabytes'))} MB`,
          `${digits(of('manifestMegabytes'))} MB`,
          `${digits(of('placingSeconds'))} s`,
          `${digits(of('finishingSeconds'))} s`,
          `${digits(of('megabytes'))} MB`,
        ]
      }),
  }),
  scaleMakespan: (figures) => ({
    head: ['worker processes on two cores', 'real', 'predicted', 'relative error'],
    rows: [1, 2, 4]
      .filter(() => figures.figures['scale makespan'])
      .map((workers) => {
        const of = (key: string) => spread(figures, 'scale makespan', `${key}${workers}`).middle
        return [String(workers), `${of('real').toFixed(1)} s`, `${of('predicted').toFixed(1)} s`, percent(of('error'))]
      }),
  }),
  scaleOverhead: (figures) => ({
    head: [
      'people × 30 days into Parquet',
      'CPU of one worker’s tasks, plan and finish to one process (goal 1.25)',
      'two workers against one (goal 1.6)',
      'two processes that only calculate against one',
    ],
    rows: OVERHEAD_PEOPLE.filter((people) => figures.figures[`scale overhead ${people}`]).map((people) => [
      grouped(people),
      ...['cpuOfOne', 'speedOfTwo', 'plainOfTwo'].map((key) =>
        spread(figures, `scale overhead ${people}`, key).middle.toFixed(2),
      ),
    ]),
  }),
  largeParquet: (figures) => ({
    head: ['100,000 people × 30 days into Parquet, two workers', 'measured'],
    rows: ['scale 100000 x 30 parquet']
      .filter((name) => figures.figures[name])
      .flatMap((name) => {
        const { rows, seconds, megabytes } = figures.figures[name]!.samples[0]!
        return [
          ['rows', grouped(rows!)],
          ['seconds', grouped(seconds!)],
          ['rows a second', grouped(Math.round(rows! / seconds! / 100) * 100)],
          ['largest resident set', `${grouped(megabytes!)} MB`],
        ]
      }),
  }),
}
