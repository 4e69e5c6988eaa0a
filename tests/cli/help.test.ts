import { afterAll, describe, expect, it, vi } from 'vitest'
import { commandLine, main, optionsOf } from '../../cli/main.ts'
import { Workplace } from './command-line.ts'

describe('help', () => {
  const place = new Workplace()
  afterAll(() => place.remove())
  const commands = commandLine().commands.map((command) => command.name)

  it('lists every command', async () => {
    const { code, stdout, stderr } = await place.mingle(['--help'])
    expect(code).toBe(0)
    expect(stderr).toBe('')
    for (const name of commands) expect(stdout).toMatch(new RegExp(`^  ${name} +\\S`, 'm'))
    expect((await place.mingle([])).stdout).toBe(stdout)
  })

  // Within this process: forty of them would take most of a minute.
  it.each(commands)('mingle %s --help has options and an example', async (name) => {
    const written = vi.spyOn(console, 'info').mockImplementation(() => {})
    expect(await main(['node', 'mingle', ...name.split(' '), '--help'])).toBe(0)
    const stdout = written.mock.calls.join('\n')
    written.mockRestore()
    expect(stdout).toContain('Options:')
    expect(stdout).not.toContain('(default: true)')
    expect(stdout).toMatch(new RegExp(`Examples:\n {2}\\$ mingle ${name}\\b`))
  })

  it('of a command of two words has its options alone; of the first word, that of all', async () => {
    const { stdout } = await place.mingle(['plan', 'finish', '--help'])
    expect(stdout).toContain('$ mingle plan finish <folder>')
    expect(stdout.match(/^ {2}(?:-\w, )?--[\w-]+/gm)!.map((line) => line.trim())).toEqual([
      ...['--database-url', '--allow-production', '--json', '--debug', '-h, --help'],
    ])
    const both = (await place.mingle(['plan', '--help'])).stdout
    expect(both).toContain(stdout.trim())
    expect(both).toContain('$ mingle plan run\n')
    expect(await place.mingle(['--json', 'plan', 'finish', 'plan/', '--count', '5'])).toMatchObject({
      code: 2,
      stderr: "mingle: unknown option --count; add --help for the command's options\n",
    })
    for (const words of [['plan'], ['plan', 'begin'], ['plan', '--json']]) {
      const { code, stderr } = await place.mingle(words)
      expect(code).toBe(2)
      expect(stderr).toMatch(
        /^mingle: plan is followed by 'run' and 'finish', got (nothing|'begin'); 'mingle plan --help'/,
      )
    }
  })

  it('of no command is refused as the command itself is, by the names of those that there are', async () => {
    for (const words of [['foo'], ['foo', '--help'], ['--help', 'foo'], ['foo', 'bar', '-h'], ['foo', '--version']]) {
      const { code, stdout, stderr } = await place.mingle(words)
      expect([code, stdout]).toEqual([2, ''])
      expect(stderr).toMatch(/^mingle: unknown command 'foo'; 'mingle --help' lists the commands: run, .*plan, task/)
    }
    const { code, stderr } = await place.mingle(['plan', 'foo', '--help'])
    expect([code, stderr]).toEqual([2, expect.stringContaining("plan is followed by 'run' and 'finish', got 'foo'")])
  })

  it('gives each option name one meaning on the whole command line', () => {
    expect(optionsOf(commandLine()).get('json')).toEqual({ takesValue: false })
    expect(optionsOf(commandLine()).get('runSeed')).toEqual({ takesValue: true })
  })

  it('goes on when nobody reads what is printed', async () => {
    const { child, outcome } = place.start(['params'])
    child.stdout!.destroy()
    expect(await outcome).toMatchObject({ code: 0, stderr: '' })
  })

  it('prints the version', async () => {
    expect((await place.mingle(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  it('comes without loading the engine', async () => {
    // A loader that says which modules are asked for.
    const loader = `
      import { writeSync } from "node:fs"
      export async function resolve(specifier, context, next) {
        const found = await next(specifier, context)
        writeSync(2, found.url + "\\n")
        return found
      }
    `
    const register = `
      import { register } from 'node:module'
      register('data:text/javascript,${encodeURIComponent(loader)}')
    `
    const preload = `--import=data:text/javascript,${encodeURIComponent(register)}`
    const loaded = (await place.mingle(['--help'], { NODE_OPTIONS: preload })).stderr.split('\n')
    expect(loaded.some((url) => url.endsWith('/dist/cli/mingle.js'))).toBe(true)
    expect(loaded.filter((url) => /dist\/(sim\/(?!kernel)|persist|run\/(?!advice))|@prisma/.test(url))).toEqual([])
  })
})
