import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareSnake } from '../../persist/mapping/site.ts'
import { type Outcome, Workplace } from '../command-line.ts'
import { count } from '../rows.ts'
import { mapFolder } from '../site.ts'

/** A seed that a careless line would break. */
const SEED = `a 'b" $HOME; touch pwned #`
const place = new Workplace()
const program = join(import.meta.dirname, '../../../dist/cli/mingle.js')

/** What the advice is for: somebody pastes it into a shell. It stands at the end of its line. */
function paste(text: string): Promise<Outcome> {
  const [, command] = /(mingle (?:run|profiles|resume|extend|activity|jobs) .*)$/m.exec(text)!
  const shell = `mingle() { "${process.execPath}" "${program}" "$@"; }; ${command}`
  const { NODE_ENV: _, VITEST: __, ...env } = process.env
  return new Promise((resolve) => {
    execFile('sh', ['-c', shell], { cwd: place.folder, env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    )
  })
}

/**
 * Ctrl-C when all people are written, or at the first word of days where nothing is written: the process sends it to
 * itself, since nobody else is quick enough.
 */
const SELF_INTERRUPTING = `
  const write = process.stderr.write.bind(process.stderr)
  const sign = process.argv.includes('none') ? / days/ : /\\d+ people/
  let sent = false
  process.stderr.write = (text, ...rest) => {
    if (!sent && sign.test(String(text))) {
      sent = true
      process.kill(process.pid, 'SIGINT')
    }
    return write(text, ...rest)
  }
`
function interrupted(args: readonly string[]): Promise<Outcome> {
  return place.mingle(args, { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(SELF_INTERRUPTING)}` })
}

afterAll(() => place.remove())

describe('advice can be pasted', () => {
  const at = ['--database-url', 'file:./my site.db']
  const file = join(place.folder, 'my site.db')
  const RUN = ['run', '--run-seed', SEED, '--count', '15', '--days', '2', ...at]

  it('a run that is there: extend it', async () => {
    expect((await place.mingle(RUN)).code).toBe(0)
    const again = await place.mingle(RUN)
    expect(again.code).toBe(2)
    expect(again.stderr).toContain('already holds run')
    const pasted = await paste(again.stderr)
    expect(pasted.code, pasted.stderr).toBe(0)
    expect(count(file, 'select last_day from seed_runs')).toBe(31)
    expect(readdirSync(place.folder)).not.toContain('pwned')
  })

  it('a run that is complete: extend it', async () => {
    const resumed = await place.mingle(['resume', '--run-seed', SEED, ...at])
    expect(resumed).toMatchObject({ code: 2, stdout: '' })
    expect(resumed.stderr).toContain('is complete (32 days)')
    const pasted = await paste(resumed.stderr)
    expect(pasted.code, pasted.stderr).toBe(0)
    expect(count(file, 'select last_day from seed_runs')).toBe(61)
  })

  it('a run that was stopped: resume it; until then it is not extended, and runs says how far it is', async () => {
    const seed = '-5 &'
    const long = [`--run-seed=${seed}`, '--count', '30', '--days', '12', ...at]
    const stopped = await interrupted(['run', ...long])
    expect(stopped.code).toBe(130)
    expect(stopped.stderr).toContain('Stopping after the current commit')
    const runs = JSON.parse((await place.mingle(['runs', '--json', ...at])).stdout).runs
    expect(runs[1].standing).toMatch(/^\d+ of 12 days written$/)
    const extended = await place.mingle(['extend', `--run-seed=${seed}`, ...at])
    expect(extended.code).toBe(2)
    expect(extended.stderr).toContain('complete it first: mingle resume')
    const same = await place.mingle(['run', ...long])
    expect(same.stderr).toMatch(
      /or where no other process writes it complete it: mingle resume --run-seed='-5 &' --database-url 'file:\.\/my site\.db'$/m,
    )
    const pasted = await paste(extended.stderr)
    expect(pasted.code, pasted.stderr).toBe(0)
    expect(count(file, `select count(*) from seed_runs where seed = '${seed}' and last_day = 11`)).toBe(1)
  }, 120_000)

  it('a seed that was drawn: the same run again', async () => {
    const drawn = await place.mingle(['run', '--count', '10', '--days', '1', '--women', '0.4', '--json', ...at])
    expect(drawn.code).toBe(0)
    const { digest, rates, metrics } = JSON.parse(drawn.stdout)
    expect(rates[metrics['13.men'].name]).toBe(metrics['13.men'].value)
    const line = /The same run again: (.*)$/m.exec(drawn.stderr)![1]!
    expect(line).toContain("--database-url 'file:./my site.db'")
    const pasted = await paste(`${line.replace('my site', 'other')} --json`)
    expect(pasted.code, pasted.stderr).toBe(0)
    expect(JSON.parse(pasted.stdout).digest).toBe(digest)
  })
})

describe('a run that is stopped', () => {
  it('without a database has nothing to go on from', async () => {
    const args = ['run', '--run-seed', 'x', '--count', '100', '--days', '20000', '--writer', 'none']
    const { code, stderr, stdout } = await interrupted(args)
    expect(code).toBe(130)
    expect(stderr).toContain('Nothing was written, so there is nothing to go on from.')
    expect(stderr).not.toContain('mingle resume')
    expect(stdout).not.toContain('digest')
  })

  it('in its jobs goes on with them, under the configuration that was named', async () => {
    // A job of the user's own, in which Ctrl-C is pressed, the first time.
    writeFileSync(
      join(place.folder, 'pressed.config.mjs'),
      "import { existsSync, writeFileSync } from 'node:fs'\n" +
        "const press = async () => {\n  if (existsSync('pressed')) return\n  writeFileSync('pressed', '')\n" +
        "  process.kill(process.pid, 'SIGINT')\n  await new Promise((resolve) => setTimeout(resolve, 100))\n}\n" +
        "export default { jobs: { 'build-user-traits': press } }\n",
    )
    const at = ['--database-url', 'file:./jobs.db', '--config', './pressed.config.mjs']
    const run = ['run', '--run-seed', 'x', '--count', '20', '--days', '2', '--extension', 'off', ...at]
    const { code, stderr } = await place.mingle(run)
    expect(code, stderr).toBe(130)
    expect(stderr).toMatch(/mingle jobs --database-url file:\.\/jobs\.db --config \.\/pressed\.config\.mjs$/m)
    const pasted = await paste(stderr)
    expect(pasted.code, pasted.stderr).toBe(0)
    expect(count(join(place.folder, 'jobs.db'), 'select count(*) from trending_posts')).toBeGreaterThan(0)
  })

  it('under a mapping that was named goes on under it', async () => {
    mapFolder(place.folder, 'maps/site.config.mjs')
    await prepareSnake(join(place.folder, 'mapped.db'))
    const at = ['--database-url', 'file:./mapped.db', '--config', 'maps/site.config.mjs']
    const args = ['run', '--run-seed', 'x', '--count', '30', '--days', '12', ...at]
    const { code, stderr } = await interrupted(args)
    expect(code).toBe(130)
    expect(stderr).toMatch(
      /mingle resume --run-seed x --database-url file:\.\/mapped\.db --config maps\/site\.config\.mjs$/m,
    )
    const pasted = await paste(stderr)
    expect(pasted.code, pasted.stderr).toBe(0)
    expect(count(join(place.folder, 'mapped.db'), 'select last_day from seed_runs')).toBe(11)
  }, 120_000)
})

describe('the folder of snapshots', () => {
  const run = (...args: string[]) => place.mingle(['run', '--run-seed', 's', '--count', '10', '--days', '1', ...args])
  beforeAll(() => writeFileSync(join(place.folder, 'file'), ''))

  it('is made with the first of them, however deep', async () => {
    const { code, stderr } = await run('--snapshot-dir', 'a/b/c', '--database-url', 'file:./deep.db')
    expect(code, stderr).toBe(0)
    expect(readdirSync(join(place.folder, 'a/b/c'))).toHaveLength(1)
    expect(readdirSync(place.folder)).not.toContain('deep.db-snapshots')
    const again = await run('--snapshot-dir', 'other/folder', '--database-url', 'file:./deep.db')
    expect(again.code).toBe(2)
    expect(existsSync(join(place.folder, 'other'))).toBe(false)
  })

  it('is the same by whatever writer, when that is named', async () => {
    for (const writer of ['bulk', 'prisma']) {
      const { code, stderr } = await run('--writer', writer, '--database-url', `file:./${writer}.db`)
      expect(code, stderr).toBe(0)
      expect(readdirSync(join(place.folder, `${writer}.db-snapshots`))).toHaveLength(1)
    }
  })

  it('is cleared of a run that is reset, and of no other', async () => {
    for (const name of ['one', 'two']) {
      const { code, stderr } = await run('--snapshot-dir', 'both', '--database-url', `file:./${name}.db`)
      expect(code, stderr).toBe(0)
    }
    expect((await run('--database-url', 'file:./three.db')).code).toBe(0)
    const reset = (...args: string[]) => place.mingle(['reset', '--run-seed', 's', ...args])
    expect(readdirSync(join(place.folder, 'both'))).toHaveLength(2)
    const done = await reset('--snapshot-dir', 'both', '--database-url', 'file:./one.db')
    expect(done.code, done.stderr).toBe(0)
    expect(readdirSync(join(place.folder, 'both'))).toHaveLength(1)
    expect((await reset('--activity', '--database-url', 'file:./three.db')).code).toBe(0)
    expect(existsSync(join(place.folder, 'three.db-snapshots'))).toBe(false)
  })

  it('that cannot be is refused, and nothing is written', async () => {
    mkdirSync(join(place.folder, 'plain'))
    for (const folder of ['file', 'file/below']) {
      const { code, stdout, stderr } = await run('--snapshot-dir', folder, '--database-url', 'file:./none.db')
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toContain(`--snapshot-dir ${folder} cannot be written to`)
      expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    }
    expect(existsSync(join(place.folder, 'none.db'))).toBe(false)
  })

  it('lies beside the file, however its URL is written; off: nowhere', async () => {
    // A run that goes on saves the state that it had to find again.
    for (const at of [
      ['--database-url', 'FILE:./upper.db'],
      ['--database-url', 'file:./off.db', '--snapshot-dir', 'off'],
    ]) {
      expect((await run(...at)).code).toBe(0)
      expect((await place.mingle(['extend', '--days', '1', ...at])).code).toBe(0)
    }
    const made = readdirSync(place.folder)
    expect(made).toContain('upper.db-snapshots')
    expect(made).toContain('off.db')
    expect(made).not.toContain('off.db-snapshots')
  })
})
