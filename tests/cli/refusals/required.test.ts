import { afterEach, describe, expect, it, vi } from 'vitest'
import { commandLine, main } from '../../../cli/main.ts'

const errors = vi.spyOn(console, 'error').mockImplementation(() => {})
afterEach(() => errors.mockClear())

/** What the command line says, in one line. */
async function refused(...args: string[]): Promise<string> {
  expect(await main(['node', 'mingle', ...args])).toBe(2)
  expect(errors).toHaveBeenCalledTimes(1)
  return String(errors.mock.calls[0]![0])
}

const needing = commandLine().commands.filter(({ args }) => args.some(({ required }) => required))

describe('arguments that a command needs', () => {
  it('there are such commands', () => expect(needing.length).toBeGreaterThan(5))

  it.each(needing.map(({ name, args }) => [name, args.find(({ required }) => required)!.value] as const))(
    'mingle %s without <%s> says what was expected, with an example of its own',
    async (name, argument) => {
      const said = await refused(...name.split(' '))
      expect(said).toContain(`mingle: ${name} needs <${argument}>`)
      expect(said).toMatch(new RegExp(`such as: mingle ${name} [^#]+; 'mingle ${name} --help' says more$`))
    },
  )

  it('says what was given, and what is missing still', async () => {
    expect(await refused('diff', 'file:./a.db')).toBe(
      "mingle: diff needs <second> after 'file:./a.db', such as: mingle diff file:./before.db file:./after.db; " +
        "'mingle diff --help' says more",
    )
  })

  it.each(needing.map(({ name, args }) => [name, args.filter(({ required }) => required)] as const))(
    'mingle %s takes none that is empty, as of a variable that is not set',
    async (name, required) => {
      const said = await refused(...name.split(' '), ...required.map(() => ''))
      expect(said).toContain(`mingle: ${name} needs <${required[0]!.value}>, got an empty one, such as: `)
    },
  )
})
