import { type Figures, spread } from './record.ts'
import { SCALE_TABLES } from './scale-tables.ts'

type Number3 = ReturnType<typeof spread>

const whole = (value: number) => Math.round(value).toLocaleString('en-US')
const tenth = (value: number) => value.toFixed(1)
const millions = (value: number) => `${(value / 1e6).toFixed(1)} M`

/** The middle, and from where to where it went. */
function within({ middle, least, most }: Number3, show: (value: number) => string): string {
  return show(least) === show(most) ? show(middle) : `${show(middle)} (${show(least)}–${show(most)})`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}

const PEOPLE = [1_000, 10_000, 100_000, 1_000_000]
const PENDING = [1_000, 100_000, 1_000_000]
const LEVELS = ['country, 1 market', 'division, 9 markets', 'pool, 84 markets', 'pool, 530 markets']

/** Every table that figures are written into, by the name between the marks. */
export const TABLES: Readonly<Record<string, (figures: Figures) => string>> = {
  summary: (figures) => {
    const of = (name: string, key: string) => spread(figures, name, key)
    const day = (people: number) => of(`day ${people}`, 'factsPerSecond').middle
    return table(
      ['what', 'measured'],
      [
        [
          `\`npm start\`: 1,000 people, 90 days, ${millions(of('1000 x 90', 'rows').middle)} rows into SQLite`,
          `${tenth(of('1000 x 90', 'seconds').middle)} s, ${whole(of('1000 x 90', 'megabytes').most)} MB at most`,
        ],
        ['1,000 people, 30 days into SQLite', `${tenth(of('1000 x 30', 'seconds').middle)} s`],
        [
          'a million people, 90 days, metrics only, two workers',
          `${tenth(of('million', 'seconds').middle / 60)} min, ${tenth(of('million', 'megabytes').most / 1000)} GB`,
        ],
        [
          'the model alone, digest and metrics on, one thread, warmed up: 1,000 / 10,000 / 100,000 / 1,000,000 people',
          `${PEOPLE.map((people) => (day(people) / 1e6).toFixed(1)).join(' / ')} million facts a second`,
        ],
        ['two workers against one', `${of('workers', 'speedUp').middle.toFixed(2)} times`],
        [
          'rows already simulated, with every index, unique and foreign key: SQLite / PostgreSQL',
          `${whole(of('rate sqlite', 'rowsPerSecond').middle)} / ${whole(of('rate postgresql', 'rowsPerSecond').middle)} rows/s`,
        ],
        [
          'rows a second into SQLite against drizzle-seed, simulation included',
          `${tenth(of('drizzle-seed', 'ratio').middle)} times`,
        ],
      ],
    )
  },
  day: (figures) =>
    table(
      ['people', 'level', 'CPU ns a fact', 'facts/s', 'bytes a person (columns)'],
      PEOPLE.map((people, i) => [
        whole(people),
        LEVELS[i]!,
        within(spread(figures, `day ${people}`, 'ns'), whole),
        within(spread(figures, `day ${people}`, 'factsPerSecond'), (value) => (value / 1e6).toFixed(2)).concat(' M'),
        whole(spread(figures, `day ${people}`, 'bytesPerPerson').middle),
      ]),
    ),
  workers: (figures) =>
    table(
      ['people', 'two workers against one'],
      [
        ['30,000, division level', within(spread(figures, 'workers', 'speedUp'), (value) => value.toFixed(2))],
        ['100,000, pools', within(spread(figures, 'workers 100000', 'speedUp'), (value) => value.toFixed(2))],
      ],
    ),
  database: (figures) =>
    table(
      ['what', 'rows/s'],
      [
        ['SQLite, `dist/bench/persist/write-rate.js`', within(spread(figures, 'rate sqlite', 'rowsPerSecond'), whole)],
        [
          'PostgreSQL 18, `dist/bench/persist/postgres-rate.js`, superuser',
          within(spread(figures, 'rate postgresql', 'rowsPerSecond'), whole),
        ],
        ['the same without foreign keys', within(spread(figures, 'rate postgresql', 'withoutForeignKeys'), whole)],
        ['the same, bare tables', within(spread(figures, 'rate postgresql', 'bare'), whole)],
        [
          'the same, a user whom the server makes look up every foreign key',
          within(spread(figures, 'rate postgresql', 'ordinaryUser'), whole),
        ],
      ],
    ),
  drizzle: (figures) =>
    table(
      ['2,000 people × 14 days into SQLite', 'rows/s'],
      [
        ['Mingle', within(spread(figures, 'drizzle-seed', 'mingle'), whole)],
        ['drizzle-seed 0.3', within(spread(figures, 'drizzle-seed', 'drizzle'), whole)],
        ['ratio', within(spread(figures, 'drizzle-seed', 'ratio'), tenth)],
      ],
    ),
  runs: (figures) =>
    table(
      ['people × days', 'rows', 'seconds', 'largest resident set, MB', 'goals'],
      (
        [
          ['1000 x 30', '5 s'],
          ['1000 x 90', '15 s, 400 MB'],
        ] as const
      ).map(([name, goal]) => [
        name.replace('x', '×').replace(/000 /, ',000 '),
        whole(spread(figures, name, 'rows').middle),
        within(spread(figures, name, 'seconds'), tenth),
        within(spread(figures, name, 'megabytes'), whole),
        goal,
      ]),
    ),
  phold: (figures) =>
    table(
      ['pending', 'C++ `std::priority_queue`, bare loop', 'ns-3 3.37', '**Mingle**', 'of C++', 'of ns-3'],
      PENDING.map((pending) => {
        const of = (key: string) => spread(figures, `phold ${pending}`, key)
        const million = (value: number) => (value / 1e6).toFixed(1)
        return [
          whole(pending),
          within(of('cpp'), million),
          within(of('ns3'), million),
          `**${within(of('mingle'), million)}**`,
          within(of('ofCpp'), (value) => value.toFixed(2)),
          within(of('ofNs3'), (value) => value.toFixed(2)),
        ]
      }),
    ),
  million: (figures) =>
    table(
      ['1,000,000 × 90', 'measured', 'goal'],
      [
        ['wall clock', `${tenth(spread(figures, 'million', 'seconds').middle / 60)} min`, '10 min'],
        ['largest resident set', `${(spread(figures, 'million', 'megabytes').most / 1000).toFixed(2)} GB`, '6 GB'],
        ['facts', millions(spread(figures, 'million', 'rows').middle), ''],
      ],
    ),
  ...Object.fromEntries(
    Object.entries(SCALE_TABLES).map(([name, made]) => [
      name,
      (figures: Figures) => {
        const { head, rows } = made(figures)
        return rows.length > 0 ? table(head, rows) : `*${head[0]}: not measured yet.*`
      },
    ]),
  ),
}

const MARKED = /(<!-- figures: (\w+) -->\n)[\s\S]*?(<!-- end -->)/g

/** A page with the tables between its marks made anew. @throws Error for a mark that no table has */
export function withTables(page: string, figures: Figures): string {
  return page.replace(MARKED, (_, before: string, name: string, after: string) => {
    const make = TABLES[name]
    if (!make) throw new Error(`no table of figures is called '${name}'; there are ${Object.keys(TABLES).join(', ')}`)
    return `${before}${make(figures)}\n${after}`
  })
}
