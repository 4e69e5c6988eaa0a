import type { CAC } from 'cac'
import type { Difference } from '../../../persist/index.ts'
import type { AskedRun, RunDifference } from '../../../sim/index.ts'
import { MingleError } from '../../../sim/kernel/index.ts'
import { type Asked, askedOptions, withAskedRun } from '../../options/asked.ts'
import type { Flags } from '../../options/flags.ts'

export function registerDiff(cli: CAC): void {
  const command = cli.command(
    'diff <first> <second>',
    'Name the first fact in which two runs differ, and count the rest: two database URLs, or two run seeds',
  )
  askedOptions(command)
  command.example('  $ mingle diff file:./before.db file:./after.db')
  command.example('  $ mingle diff demo-2024 demo-2025 --count 200 --days 10   # two seeds, no database')
  command.example('  $ mingle diff monday tuesday --database-url file:./mingle.db --json')
  command.action(diff)
}

/** Exit code 1 when they differ. */
async function diff(first: string, second: string, flags: Flags): Promise<number> {
  const about = [first, second].map((name) => flagsOf(name, flags))
  const { ProgressView } = await import('../../reports/progress.ts')
  const view = new ProgressView()
  const found = await withAskedRun(about[0]!, (a) =>
    withAskedRun(about[1]!, async (b) => {
      const { compareRuns } = await import('../../../sim/index.ts')
      try {
        const difference = compareRuns(a.run, b.run, (day, days) =>
          view.show({ phase: 'replay', done: day + 1, total: days, rows: 0 }),
        )
        const rows = difference.equal ? await damagedRows([a, b]) : []
        return {
          a: a.words,
          b: b.words,
          ...difference,
          settings: settingsApart(a.run, b.run),
          rows,
        }
      } finally {
        view.stop()
      }
    }),
  )
  const equal = found.equal && found.rows.length === 0
  if (flags.json === true) console.log(JSON.stringify({ ...found, equal }))
  else console.log(lines(found).join('\n'))
  return equal ? 0 : 1
}

/** A name with a scheme is a database, any other a run seed. */
function flagsOf(name: string, flags: Flags): Flags {
  if (!/^[a-z][a-z0-9+.-]*:/i.test(name)) {
    if (flags.runSeed !== undefined) {
      throw new MingleError('BAD_INPUT', `'${name}' is a run seed, and so is --run-seed; leave --run-seed out`)
    }
    return { ...flags, runSeed: `=${name}` }
  }
  if (flags.databaseUrl !== undefined) {
    throw new MingleError('BAD_INPUT', 'two URLs were given, and --database-url; leave --database-url out')
  }
  return { ...flags, databaseUrl: `=${name}` }
}

/** Where the facts agree, the rows may still have been changed: by whom, `verify` can tell. */
async function damagedRows(both: readonly Asked[]): Promise<(Difference & { readonly url: string })[]> {
  const found: (Difference & { url: string })[] = []
  for (const { ledger } of both) {
    if (!ledger) continue
    const { difference } = await ledger.store.verify(ledger.record.id)
    if (difference) found.push({ url: ledger.store.url, ...difference })
  }
  return found
}

/** Settings by path in which the runs differ. */
function settingsApart(a: AskedRun, b: AskedRun): Record<string, readonly [unknown, unknown]> {
  const [left, right] = [flat(a.config), flat(b.config)]
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])]
  return Object.fromEntries(
    names.filter((name) => left[name] !== right[name]).map((name) => [name, [left[name] ?? null, right[name] ?? null]]),
  )
}

function flat(tree: object, prefix = ''): Record<string, unknown> {
  return Object.assign(
    {},
    ...Object.entries(tree).map(([name, value]) =>
      typeof value === 'object' && value !== null ? flat(value, `${prefix}${name}.`) : { [prefix + name]: value },
    ),
  )
}

interface Found extends RunDifference {
  readonly a: string
  readonly b: string
  readonly settings: Readonly<Record<string, readonly [unknown, unknown]>>
  readonly rows: readonly (Difference & { readonly url: string })[]
}

function lines({ a, b, equal, first, counts, settings, rows }: Found): string[] {
  const out = [`A: ${a}`, `B: ${b}`]
  for (const [name, [left, right]] of Object.entries(settings)) out.push(`  ${name}: ${left} in A, ${right} in B`)
  if (equal) out.push('The facts are equal.')
  if (first) {
    out.push(`First difference: day ${first.day}, ${first.kind}, person ${first.person}`)
    out.push(`  A: ${first.a === null ? 'nothing like it' : JSON.stringify(first.a)}`)
    out.push(`  B: ${first.b === null ? 'nothing like it' : JSON.stringify(first.b)}`)
    for (const [kind, { onlyA, onlyB, both }] of Object.entries(counts)) {
      if (onlyA + onlyB > 0) out.push(`  ${kind}: ${onlyA} in A alone, ${onlyB} in B alone, ${both} in both`)
    }
  }
  for (const { url, day, table, expectedRows, foundRows } of rows) {
    const when = day === null ? 'somewhere in the run' : `day ${day}`
    out.push(
      `Rows of ${url} are not those that were written: ${when}, table ${table} (${foundRows} rows, ${expectedRows} written)`,
    )
  }
  return out
}
