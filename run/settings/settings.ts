import { randomBytes } from 'node:crypto'
import type { ConfiguredParameters } from '../../persist/index.ts'
import {
  type ArmInput,
  DEFAULTS,
  PARAMETERS,
  type Parameters,
  POPULATIONS,
  parameterAt,
  placePack,
  putParameter,
  type RunConfig,
  resolveConfig,
} from '../../sim/index.ts'
import { badInput, MingleError } from '../../sim/kernel/index.ts'
import { givenPeople, readPersonas, readQuizzes, readTaxonomy, readWords } from '../content/index.ts'
import { scenarioNamed } from '../scenarios/index.ts'
import { presetNamed } from './presets.ts'

/** A run's configuration in the words of a user; what is undefined takes its default. */
export interface RunSettings {
  readonly seed: string
  /** A scenario, by name or file: what it says holds where nothing else is given. */
  readonly scenario?: string | undefined
  readonly count?: number | undefined
  /** `YYYY-MM-DD` */
  readonly startDate?: string | undefined
  /** A named population: `default`, or `null`, in which nobody has a personality. */
  readonly population?: string | undefined
  /** A preset: the name of one that comes with Mingle, or the path of a file. */
  readonly preset?: string | undefined
  /** What the site's configuration says of the model: it holds where neither a population nor a preset is named. */
  readonly configured?: ConfiguredParameters | undefined
  /** Share of women, 0–1; men get the rest but for the share of nonbinary people. */
  readonly women?: number | undefined
  readonly places?: string | undefined
  readonly market?: string | undefined
  readonly queue?: string | undefined
  /** Hand-written people: the name of a set that comes with Mingle, or a file. */
  readonly personas?: string | undefined
  /** Names, bios and posts of one's own: a file. */
  readonly words?: string | undefined
  /** Quizzes of one's own: a file. */
  readonly quizzes?: string | undefined
  /** Interests of one's own: a file. */
  readonly taxonomy?: string | undefined
  /** `path=value` for parameters of the model. */
  readonly set?: readonly string[] | undefined
  /** `name=share` for arms of a test, and `name:path=value` for what the policy of an arm says otherwise. */
  readonly arm?: readonly string[] | undefined
  readonly armSet?: readonly string[] | undefined
}

/** A seed for a run that was given none. */
export function drawSeed(): string {
  return `seed-${randomBytes(4).toString('hex')}`
}

/** @throws MingleError BAD_INPUT for a date that is none, an unknown name or parameter, or a value that cannot be */
export function configFromSettings(settings: RunSettings): RunConfig {
  const parameters = namedPopulation(settings.seed, settings.population ?? 'default')
  for (const [path, value] of Object.entries(configuredValues(settings))) putParameter(parameters, path, value)
  const scenario = settings.scenario === undefined ? undefined : scenarioNamed(settings.scenario)
  for (const [path, value] of Object.entries(scenario?.set ?? {})) putParameter(parameters, path, value)
  if (settings.preset !== undefined) {
    for (const [path, value] of Object.entries(presetNamed(settings.preset).set)) putParameter(parameters, path, value)
  }
  const women = settings.women ?? scenario?.women
  if (women !== undefined) setWomen(parameters, women)
  const minorities: Record<string, number> = { ...scenario?.minorities }
  for (const setting of settings.set ?? []) {
    if (setting.startsWith(MINORITIES)) setMinority(minorities, setting)
    else setParameter(parameters, setting)
  }
  const { seed, queue } = settings
  const named = ['count', 'startDate', 'places', 'market'] as const
  const chosen = named.map((name) => [name, settings[name] ?? scenario?.[name]] as const)
  const count = settings.count ?? scenario?.count
  const odd = Object.keys(minorities).length > 0 ? minorities : undefined
  const given = [...chosen, ['queue', queue], ['minorities', odd]].filter(([, value]) => value !== undefined)
  const arms = armsFrom(settings.arm ?? [], settings.armSet ?? [], parameters)
  const words = settings.words === undefined ? undefined : readWords(settings.words)
  const quizzes = settings.quizzes === undefined ? undefined : readQuizzes(settings.quizzes)
  const taxonomy = settings.taxonomy === undefined ? undefined : readTaxonomy(settings.taxonomy)
  const input = {
    ...Object.fromEntries(given),
    seed,
    parameters,
    ...(arms.length > 0 && { arms }),
    ...(words && { words }),
    ...(quizzes && { quizzes }),
    ...(taxonomy && { taxonomy }),
  }
  if (settings.personas === undefined) return resolveConfig(input)
  const personas = readPersonas(settings.personas)
  if ((count ?? DEFAULTS.count) < personas.length) {
    throw badInput(
      `${settings.personas} has ${personas.length} people, but --count is ${count ?? DEFAULTS.count}: give at least as many`,
    )
  }
  const { startDay, places: pack } = resolveConfig(input)
  return resolveConfig({
    ...input,
    people: givenPeople(personas, startDay, placePack(pack), { quizzes, taxonomy, words }),
  })
}

/**
 * The parameters that the site's configuration sets, by path: its preset's and its own. None where the settings name a
 * population or a preset: that is taken instead.
 *
 * @throws MingleError BAD_INPUT for a preset or a parameter that there is not
 */
export function configuredValues({
  configured,
  population,
  preset,
}: Omit<RunSettings, 'seed'>): Record<string, number> {
  if (configured === undefined || population !== undefined || preset !== undefined) return {}
  const values = { ...(configured.preset === undefined ? {} : presetNamed(configured.preset).set), ...configured.set }
  for (const path of Object.keys(values)) if (parameterAt(path) === undefined) throw unknownParameter(path)
  return values
}

/** @throws MingleError BAD_INPUT for what is no `name=share` or `name:path=value`, and for an arm that there is not */
function armsFrom(given: readonly string[], sets: readonly string[], parameters: Parameters): ArmInput[] {
  const arms = given.map((text) => {
    const [, name, share] = /^([^=:]+)=(\d*\.?\d+)$/.exec(text) ?? []
    if (name === undefined) throw badInput(`--arm expects name=share such as treatment=0.5, got '${text}'`)
    return { name, share: Number(share), own: structuredClone(parameters) }
  })
  for (const text of sets) {
    const [, name, setting] = /^([^=:]+):(.+)$/.exec(text) ?? []
    const arm = arms.find((each) => each.name === name)
    if (setting === undefined || !arm || !setting.startsWith('policy.')) {
      const known = arms.length > 0 ? `of ${arms.map((each) => each.name).join(', ')}` : 'that --arm names'
      throw badInput(
        `--arm-set expects an arm ${known} and a policy, such as treatment:policy.like.baseHigh=0.45, got '${text}'`,
      )
    }
    setParameter(arm.own, setting)
  }
  return arms.map(({ name, share, own }) => ({ name, share, policy: own.policy }))
}

/** The whole parameter tree of a named population. */
function namedPopulation(seed: string, name: string): Parameters {
  const population = Object.entries(POPULATIONS).find(([known]) => known === name)
  if (!population) throw badInput(`--population expects ${Object.keys(POPULATIONS).join(' or ')}, got '${name}'`)
  return structuredClone(resolveConfig({ seed, parameters: population[1] }).parameters)
}

function setWomen(parameters: Parameters, women: number): void {
  const nonbinary = Math.min(parameters.population.gender.nonbinary, 1 - women)
  parameters.population.gender = { woman: women, man: 1 - women - nonbinary, nonbinary }
}

/** Bots and spammers are no parameters of the model: a run without them knows nothing of them. */
const MINORITIES = 'minorities.'

/** @param setting `minorities.bots=0.05` */
function setMinority(minorities: Record<string, number>, setting: string): void {
  const [, name, value] = /^minorities\.(bots|spammers|marked)=(\d*\.?\d+)$/.exec(setting) ?? []
  if (name === undefined) {
    throw badInput(
      `--set expects minorities.bots, minorities.spammers or minorities.marked and a share from 0 to 1, got '${setting}'`,
    )
  }
  minorities[name] = Number(value)
}

/** Sets one leaf of the tree in place. @param setting `policy.like.nearKm=30` */
export function setParameter(parameters: Parameters, setting: string): void {
  const equals = setting.indexOf('=')
  const path = setting.slice(0, Math.max(0, equals))
  const text = setting.slice(equals + 1)
  if (path === '') throw badInput(`--set expects path=value such as policy.like.nearKm=30, got '${setting}'`)
  if (parameterAt(path) === undefined) throw unknownParameter(path)
  const value = /^-?(\d+(\.\d*)?|\.\d+)(e-?\d+)?$/i.test(text) ? Number(text) : Number.NaN
  if (!Number.isFinite(value)) throw badInput(`--set ${path} expects a number, got '${text}'`)
  putParameter(parameters, path, value)
}

/** What to say of a path that is none: the nearest that are. */
export function unknownParameter(path: string): MingleError {
  const leaf = path.split('.').at(-1)!.toLowerCase()
  const close = PARAMETERS.filter((candidate) => candidate.path.toLowerCase().includes(leaf)).slice(0, 3)
  const hint =
    close.length > 0
      ? close.map((candidate) => candidate.path).join(', ')
      : `${PARAMETERS[0]!.path} and others, see mingle params`
  return new MingleError('BAD_INPUT', `no parameter '${path}'; there is ${hint}`)
}
