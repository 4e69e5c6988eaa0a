import { afterAll, describe, expect, it } from 'vitest'
import { commandLine, optionsOf } from '../../cli/main.ts'
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

  it.each(commands)('mingle %s --help has options and an example', async (name) => {
    const { code, stdout } = await place.mingle([name, '--help'])
    expect(code).toBe(0)
    expect(stdout).toContain('Options:')
    expect(stdout).toMatch(new RegExp(`Examples:\n {2}\\$ mingle ${name}\\b`))
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
    const best = async (args: string[]): Promise<number> => {
      const times: number[] = []
      for (let i = 0; i < 5; i++) {
        const start = performance.now()
        await place.mingle(args)
        times.push(performance.now() - start)
      }
      return Math.min(...times)
    }
    // The limit leaves room for a loaded machine; docs/performance.md has the figure on a quiet one.
    expect(await best(['--help'])).toBeLessThan(400)
  })
})
