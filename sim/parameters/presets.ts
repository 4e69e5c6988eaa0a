import { badInput } from '../kernel/index.ts'
import { NULL_PARAMETERS } from './null-population.ts'
import { flatParameters, parameterAt } from './tree.ts'

/** A named set of parameter values: what it changes in the defaults, why, and for which engine it was made. */
export interface Preset {
  readonly name: string
  readonly reason: string
  /** `ENGINE_VERSION` of when it was made: values may mean something else in a later one. */
  readonly engine: number
  /** Values by path; what is absent has its default. */
  readonly set: Readonly<Record<string, number>>
}

/** Presets that come with Mingle. */
export const PRESETS: readonly Preset[] = [
  { name: 'default', reason: 'The calibrated model, as docs/model.md has it.', engine: 3, set: {} },
  {
    name: 'null',
    reason: 'Nobody has a personality: what the scorecard must fail.',
    engine: 3,
    set: flatParameters(NULL_PARAMETERS),
  },
]

const FIELDS = ['name', 'reason', 'engine', 'set']

/**
 * A preset from the text of its file:
 *
 *     { "name": "shy", "reason": "What if few wrote first?", "engine": 3, "set": { "policy.opening.medianHours": 20 } }
 *
 * @param from how errors call it, such as its file's name
 * @param engine version of this engine: a preset of a later one is refused
 * @throws MingleError BAD_INPUT saying what is wrong with it
 */
export function parsePreset(text: string, from: string, engine: number): Preset {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch (error) {
    throw badInput(`Preset ${from} is no JSON: ${(error as Error).message}.`)
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw badInput(`Preset ${from} is no object; give ${FIELDS.join(', ')}.`)
  }
  const preset = given as Record<string, unknown>
  for (const name of Object.keys(preset)) {
    if (!FIELDS.includes(name))
      throw badInput(`Preset ${from} has "${name}"; what it can have is ${FIELDS.join(', ')}.`)
  }
  for (const name of ['name', 'reason']) {
    if (typeof preset[name] !== 'string' || preset[name].trim() === '') {
      throw badInput(`Preset ${from} has no ${name}; give it as a text, such as "${name}": "…".`)
    }
  }
  if (!Number.isSafeInteger(preset.engine) || (preset.engine as number) < 1) {
    throw badInput(`Preset ${from} does not say for which engine it was made; give "engine": ${engine}.`)
  }
  if ((preset.engine as number) > engine) {
    throw badInput(
      `Preset ${from} was made for engine ${preset.engine}, and this is engine ${engine}; take a newer Mingle.`,
    )
  }
  checkSet(preset.set, from)
  return preset as unknown as Preset
}

function checkSet(set: unknown, from: string): void {
  if (typeof set !== 'object' || set === null || Array.isArray(set)) {
    throw badInput(`Preset ${from} sets nothing; give values by path, such as "set": { "policy.like.nearKm": 30 }.`)
  }
  for (const [path, value] of Object.entries(set)) {
    if (parameterAt(path) === undefined) {
      throw badInput(`Preset ${from} sets ${path}, and there is no such parameter; \`mingle params\` lists them.`)
    }
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw badInput(`Preset ${from} sets ${path} to ${JSON.stringify(value)}; give a number.`)
    }
  }
}

/** A preset as its file has it. */
export function presetText({ name, reason, engine, set }: Preset): string {
  return `${JSON.stringify({ name, reason, engine, set }, null, 2)}\n`
}
