import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { commandLine, main } from '../../../cli/main.ts'
import { dashed } from '../../../cli/options/arguments.ts'

const SETTINGS = [
  ...[
    '--run-seed',
    '--count',
    '--start-date',
    '--population',
    '--preset',
    '--women',
    '--places',
    '--personas',
    '--words',
  ],
  ...['--quizzes', '--taxonomy', '--set', '--scenario', '--market', '--queue', '--arm', '--arm-set'],
]
const EXPERIMENT = [
  ...['--run-seed', '--config', '--count', '--start-date', '--population', '--preset', '--women', '--places', '--set'],
  ...['--personas', '--words', '--quizzes', '--taxonomy', '--scenario', '--market', '--queue', '--days', '--seeds'],
  ...['--workers', '--cluster', '--extension', '--out', '--json'],
]
const OF_RESET = ['--run-seed', '--run', '--activity', '--allow-production', '--json', '--database-url', '--config']

/**
 * Options that change what the others mean, and all that do something beside each. Whatever else the command takes is refused there; an
 * option that a command is given anew belongs to one or the other.
 */
const MODES: readonly (readonly [line: string, matters: readonly string[]])[] = [
  [
    'run --dry-run',
    [...SETTINGS, '--days', '--activity-days', '--skip-activity', '--skip-jobs', '--database-url', '--config'].concat([
      ...['--workers', '--writer', '--extension', '--json'],
    ]),
  ],
  [
    'run --writer none',
    // The last three say what is wrong with them in other words.
    [
      ...SETTINGS,
      '--days',
      '--activity-days',
      '--dry-run',
      '--skip-activity',
      '--config',
      '--workers',
      '--extension',
    ].concat([...['--watch', '--json', '--batch-size', '--pause-ms', '--snapshot-dir']]),
  ],
  [
    'run --skip-activity',
    [
      ...SETTINGS,
      '--dry-run',
      '--database-url',
      '--config',
      '--skip-jobs',
      '--workers',
      '--writer',
      '--batch-size',
    ].concat([
      ...['--pause-ms', '--allow-production', '--into-existing', '--partition', '--extension', '--watch', '--json'],
    ]),
  ],
  [
    'run --cluster redis://localhost:1',
    [...SETTINGS, '--days', '--activity-days', '--database-url', '--config', '--skip-jobs', '--into-existing'].concat([
      // The extension is refused in words of its own.
      ...['--partition', '--allow-production', '--extension', '--json'],
    ]),
  ],
  ['jobs --list', ['--only', '--json']],
  ['reset all --dry-run', [...OF_RESET, '--with-dependents']],
  ['task run plan/ --pass 1', ['--part', '--parts', '--threads', '--patience', '--database-url', '--json']],
  [
    'task run plan/ --pass 2',
    ['--part', '--parts', '--threads', '--patience', '--database-url', '--json', '--scratch'],
  ],
  ['init --sql', ['--schema']],
  ['fork --json', [...EXPERIMENT, '--at-day', '--policy']],
  ['sweep --json', [...EXPERIMENT, '--design', '--points', '--parquet']],
  [
    'sweep --cluster redis://localhost:1 --set policy.like.nearKm=5,6',
    [...EXPERIMENT, '--design', '--points', '--parquet', '--metric', '--plot'],
  ],
  [
    'sensitivity --leaders 0',
    [...EXPERIMENT.filter((flag) => flag !== '--seeds'), '--free', '--lock', '--metric', '--trajectories'],
  ],
  ['power --effect match_rate=+5% --confirm 0', [...EXPERIMENT, '--by', '--share', '--power']],
]

/** Of options that look at their values before all else. */
const VALUES: Readonly<Record<string, string>> = {
  '--writer': 'prisma',
  '--partition': 'on',
  '--start-date': '2024-01-01',
}

const named = (line: string) => commandLine().commands.find(({ name }) => line === name || line.startsWith(`${name} `))!
const optionsOf = (line: string) =>
  named(line).options.map(({ name, isBoolean }) => {
    return { flag: `--${dashed(name)}`, isBoolean }
  })
const ofMode = (line: string) => line.split(' ').filter((word) => word.startsWith('--'))

describe('an option that would do nothing beside another is refused', () => {
  const before = process.cwd()
  const folder = mkdtempSync(join(tmpdir(), 'mingle-beside-'))
  const errors = vi.spyOn(console, 'error').mockImplementation(() => {})
  beforeAll(() => process.chdir(folder))
  afterEach(() => errors.mockClear())
  afterAll(() => {
    process.chdir(before)
    rmSync(folder, { recursive: true })
  })

  describe.each(MODES)('mingle %s', (line, matters) => {
    it('knows the options that matter', () => {
      const known = optionsOf(line).map(({ flag }) => flag)
      expect(matters.filter((flag) => !known.includes(flag) && !ofMode(line).includes(flag))).toEqual([])
    })

    const idle = optionsOf(line).filter(({ flag }) => !matters.includes(flag) && !ofMode(line).includes(flag))
    it.each(idle.map(({ flag, isBoolean }) => [flag, isBoolean] as const))('refuses %s', async (flag, isBoolean) => {
      const words = isBoolean === true ? [flag] : [flag, VALUES[flag] ?? '1']
      expect(await main(['node', 'mingle', ...line.split(' '), ...words])).toBe(2)
      expect(errors.mock.calls).toHaveLength(1)
      // Of two modes either may name the other.
      const said = /^mingle: (--\S+).*; leave (--\S+) out, or \1\b/.exec(String(errors.mock.calls[0]![0]))
      expect(said, String(errors.mock.calls[0]![0])).not.toBeNull()
      expect(said!.slice(1)).toContain(flag)
      expect(ofMode(line)).toContain(said!.slice(1).find((each) => each !== flag))
      expect(readdirSync(folder)).toEqual([])
    })
  })

  it.each(['activity', 'extend', 'grow --count 3', 'resume'])('mingle %s --writer none', async (line) => {
    expect(await main(['node', 'mingle', ...line.split(' '), '--writer', 'none'])).toBe(2)
    expect(errors.mock.calls).toEqual([
      ['mingle: --writer none keeps no run, and this command goes on with one; leave it out'],
    ])
  })

  it.each([
    ['run --dry-run --writer prisma', '--dry-run measures the usual writer; leave --writer prisma out, or --dry-run'],
    ['grow --count 3 --snapshot-dir x', 'leave --snapshot-dir out, or add --days'],
    ['check --config off', '--config off leaves no mapping to check; name its file'],
    ['profiles --snapshot-dir x', 'unknown option --snapshot-dir'],
    ['params --words w.json', 'unknown option --words'],
    ['params --start-date 2024-01-01', 'unknown option --start-date'],
    ['replicate --at-most 20', '--at-most ends what --until goes on with; leave it out, or add --until'],
    ['debug user 3 --run-seed x --market metro', "nobody's profile depends on --market, their days do: leave it out"],
    ['resume --scratch 5', '--scratch is for a run in tasks, and none is meant here; leave it out'],
  ])('mingle %s', async (line, says) => {
    expect(await main(['node', 'mingle', ...line.split(' ')])).toBe(2)
    expect(errors.mock.calls.join('\n')).toContain(says)
  })
})
