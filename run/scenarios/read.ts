import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { parameterAt } from '../../sim/index.ts'
import { badInput } from '../../sim/kernel/index.ts'
import { SCENARIOS, type Scenario } from './scenarios.ts'

const SHARE = z.number().min(0).max(1)
const FILE = z.strictObject({
  name: z.string().min(1),
  version: z.int().min(1),
  what: z.string().min(1),
  count: z.int().min(1).optional(),
  days: z.int().min(1).optional(),
  startDate: z.string().optional(),
  places: z.string().optional(),
  market: z.string().optional(),
  women: SHARE.optional(),
  set: z.record(z.string(), z.number()).optional(),
  minorities: z
    .strictObject({ bots: SHARE.optional(), spammers: SHARE.optional(), marked: SHARE.optional() })
    .optional(),
})

/**
 * A scenario by its name, or from a JSON file of the same shape.
 * @throws MingleError BAD_INPUT when there is none, or the file is no scenario
 */
export function scenarioNamed(name: string): Scenario {
  const known = SCENARIOS.find((scenario) => scenario.name === name)
  if (known) return known
  if (!/[./\\]/.test(name)) {
    const names = SCENARIOS.map((scenario) => scenario.name).join(', ')
    throw badInput(`there is no scenario '${name}'; there are ${names}, or a file such as ./mine.json`)
  }
  let given: unknown
  try {
    given = JSON.parse(readFileSync(name, 'utf8'))
  } catch (error) {
    throw badInput(`scenario ${name} cannot be read: ${(error as Error).message}; expected a JSON file`)
  }
  const parsed = FILE.safeParse(given)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const at = issue!.path.length > 0 ? `${issue!.path.join('.')}: ` : ''
    throw badInput(`scenario ${name}: ${at}${issue!.message}; 'mingle scenarios --json' shows what one looks like`)
  }
  for (const path of Object.keys(parsed.data.set ?? {})) {
    if (parameterAt(path) === undefined) {
      throw badInput(`scenario ${name} sets ${path}, and there is no such parameter; 'mingle params' lists them`)
    }
  }
  return parsed.data as Scenario
}
