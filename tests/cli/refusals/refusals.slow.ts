import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Outcome, Workplace } from '../command-line.ts'

/** Input that is refused, and what the one line must say. */
const REFUSED: readonly (readonly [string, string])[] = [
  ['run --bogus', 'unknown option --bogus'],
  ['run --runseed x', 'unknown option --runseed'],
  ['run -x', 'unknown option -x'],
  ['run extra', "unexpected 'extra'"],
  ['frobnicate', "unknown command 'frobnicate'"],
  ['--bogus', 'unknown option'],
  ['run --count 1.5', "--count expects a whole number from 1 to 10000000 in plain digits, got '1.5'"],
  ['run --count -5', "got '-5'"],
  ['run --count=-5', "got '-5'"],
  ['run --count 1e3', "got '1e3'"],
  ['run --count 0', "got '0'"],
  ['run --count 0x10', "got '0x10'"],
  ['run --count ten', "got 'ten'"],
  ['run --count 99999999999', "got '99999999999'"],
  ['run --count=', '--count needs a value, got an empty one'],
  ['run --count', '--count needs a value'],
  ['run --count --days 3', '--count needs a value'],
  ['run --count 5 --count 6', '--count was given 2 times'],
  ['run --no-count', '--count'],
  ['run --days 0', '--days expects'],
  ['run --days 2.0', '--days expects'],
  ['run --days NaN', '--days expects'],
  ['run --start-date 2024-02-30', '2024-02-30'],
  ['run --start-date 2023-02-29', '2023-02-29'],
  ['run --start-date 2024-13-01', '2024-13-01'],
  ['run --start-date 2024-1-1', '2024-1-1'],
  ['run --start-date yesterday', 'yesterday'],
  ['run --startDate 2024-02-30', '2024-02-30'],
  ['run --run-seed=', '--run-seed needs a value, got an empty one'],
  ['run --women 1.2', "--women expects a share from 0 to 1 such as 0.5, got '1.2'"],
  ['run --women half', '--women expects'],
  ['run --places mars', 'mars'],
  ['run --market village', 'village'],
  ['run --queue slow', 'slow'],
  ['run --workers -1', '--workers expects'],
  ['run --json=yes', '--json takes no value'],
  ['run --set policy.like.nearKm', '--set'],
  ['run --set policy.like.nearKm=far', "expects a number, got 'far'"],
  ['run --set policy.like.nearkm=3', "no parameter 'policy.like.nearkm'; there is policy.like.nearKm"],
  ['run --set policy.like=3', "no parameter 'policy.like'"],
  ['run --set __proto__.x=3', "no parameter '__proto__.x'"],
  ['run --set =3', '--set expects path=value'],
  ['run --set.policy=3', '--set'],
  ['run --writer quill', "there is no writer 'quill': expected bulk, prisma or none; files are written by their URL"],
  ['run --snapshot-dir left1/a --database-url bad://x', "cannot write to 'bad://x'"],
  ['run --snapshot-dir left2/a --writer quill', "there is no writer 'quill'"],
  ['resume --snapshot-dir left3/a', 'mingle.db'],
  ['run --snapshot-dir left4/a --start-date 2099-12-01 --days 60', 'go beyond 2099-12-31'],
  ['run --snapshot-dir left5 --writer none', '--writer none keeps no run to go on with: leave --snapshot-dir out'],
  ['run --snapshot-dir left6 --database-url none:', 'none: keeps no run to go on with'],
  ['run --batch-size 0', '--batch-size expects'],
  ['run --pause-ms soon', '--pause-ms expects'],
  ['run --database-url ftp://example.org/x', 'ftp'],
  ['run --database-url nonsense', 'nonsense'],
  ['run --database-url file:./no/such/folder/x.db', 'no/such/folder'],
  ['run --database-url file:./taken', 'taken'],
  ['run --set population.posts.medianPerDay=-1', 'population.posts.medianPerDay is -1; give a number from 0 to 50'],
  ['run --set policy.arrivals.perDay=1e9', 'policy.arrivals.perDay is 1000000000; give a number from 0 to 100000'],
  ['run --set population.gender.woman=-1', 'population.gender.woman is -1'],
  ['run --start-date 2099-12-01 --days 60', 'go beyond 2099-12-31'],
  ['run -- --count 3', "'--' ends the options"],
  ['run --run-seed q --runSeed r', '--run-seed was given 2 times'],
  ['run --no-json', 'there is no --no-json'],
  ['run --batch-size 10', '--batch-size is for --writer prisma alone'],
  ['run --writer bulk --pause-ms 10', '--pause-ms is for --writer prisma alone'],
  ['run --writer none --batch-size 10', '--batch-size is for --writer prisma alone'],
  ['run --writer none --database-url http://nonsense', '--writer none opens no database'],
  ['run --snapshot-dir /proc/x', '--snapshot-dir /proc/x cannot be written to'],
  ['export --run-seed a --count 5 --days 1 --out /proc/nothing/x', 'cannot write to /proc/nothing/x'],
  ['export --run-seed a --count 5 --days 1 --out ./taken/note.txt', 'note.txt: EEXIST'],
  ['report --output ./taken/note.txt/r.html', 'note.txt/r.html cannot be written: a part of the path is a file'],
  ['report --output ./taken', '--output ./taken cannot be written: it is a folder'],
  ['report -o /proc/r.html', '--output /proc/r.html cannot be written'],
  ['tune --band --save ./no/such.json', '--save ./no/such.json cannot be written: there is no folder ./no'],
  [`run --run-seed ${'s'.repeat(192)}`, 'has 192 characters; expected 1 to 191'],
  ['user --run-seed x --user-id 1 --count 5', 'unknown option --count'],
  ['profiles --count 1.5', '--count expects'],
  ['profiles --start-date 2024-02-30', '2024-02-30'],
  ['profiles --days 3', 'unknown option --days'],
  ['activity --days 1.5', '--days expects'],
  ['activity', 'mingle.db'],
  ['extend --days x', '--days expects'],
  ['extend --join -1', '--join expects'],
  ['extend', 'mingle.db'],
  ['resume', 'mingle.db'],
  ['resume --run-seed nobody', 'mingle.db'],
  ['runs', "there is no run of Mingle in file:./mingle.db; 'mingle run' starts one"],
  ['validate', "there is no run of Mingle in file:./mingle.db; 'mingle run' starts one"],
  ['verify --run a --run-seed b', 'both --run-seed and --run were given; one of them names the run'],
  ['extend --run=', '--run needs a value, got an empty one'],
  ['user', 'user needs --run-seed and --user-id'],
  ['user --run-seed x --user-id 0', '--user-id expects'],
  ['plan finish plan/ --count 5', 'unknown option --count'],
  ['plan finish', "plan finish needs <folder>, such as: mingle plan finish plan/ --json; 'mingle plan finish --help'"],
  ['plan run plan/ --out x', "unexpected 'plan/'"],
  ['task', "task is followed by 'run', got nothing; 'mingle task --help' says more"],
  ['cluster state --queue redis://localhost', "cluster is followed by 'status' and 'forget', got 'state'"],
  ['compare default null --preset null', 'unknown option --preset'],
  ['extend --into-existing', 'unknown option --into-existing'],
  ['resume --into-existing', 'unknown option --into-existing'],
  ['job trending --top 5', '--top is for the job match-scores alone, which is not computed; leave it out'],
  ['jobs --only quiz-stats --half-life-hours 5', '--half-life-hours is for the job trending alone'],
  ['reset derived --with-dependents', 'derived data belongs to no run, and nothing hangs on it; leave --run-seed'],
  ['reset derived --snapshot-dir x', 'derived data belongs to no run'],
  ['init --sql --force', '--sql changes nothing; leave --force out, or --sql'],
  ['run --skip-activity --days 5', '--skip-activity writes no days; leave --days out, or --skip-activity'],
  ['report ./taken --extension x.ts', 'a report shows an experiment’s folder or a run of a database, not both'],
  ['debug user 1 --database-url file:./mingle.db --words w.json', 'settings are in its database; leave --words out'],
]

describe('refused input: one line, exit code 2, nothing written', () => {
  const place = new Workplace()
  const outcomes = new Map<string, Outcome>()

  beforeAll(async () => {
    // A folder where a database file is expected.
    mkdirSync(join(place.folder, 'taken'))
    writeFileSync(join(place.folder, 'taken', 'note.txt'), 'not a database')
    // A few at a time: each is a process of its own.
    const waiting = REFUSED.map(([line]) => line)
    const serve = async (): Promise<void> => {
      for (let line = waiting.shift(); line !== undefined; line = waiting.shift()) {
        outcomes.set(line, await place.mingle(line.split(' ')))
      }
    }
    await Promise.all([serve(), serve(), serve()])
  }, 120_000)
  afterAll(() => place.remove())

  it.each(REFUSED)('mingle %s', (line, says) => {
    const { code, stdout, stderr } = outcomes.get(line)!
    expect(stderr).toContain(says)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(stderr).toMatch(/^mingle: /)
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })

  it('leaves the folder as it was', () => {
    expect(readdirSync(place.folder)).toEqual(['taken'])
    expect(readdirSync(join(place.folder, 'taken'))).toEqual(['note.txt'])
  })
})
