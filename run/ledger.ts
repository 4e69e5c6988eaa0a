import {
  choiceName,
  type OwnTable,
  type RunChoice,
  type RunRecord,
  type RunStore,
  runsMeant,
  type Segment,
} from '../persist/index.ts'
import {
  changePolicy,
  ENGINE_VERSION,
  formatDate,
  type GivenPerson,
  type OwnTaxonomy,
  type OwnWords,
  type PartialTree,
  type PolicyParameters,
  parseDate,
  type Quiz,
  type RunConfig,
} from '../sim/index.ts'
import { MingleError } from '../sim/kernel/index.ts'
import { databaseWords, seedWords } from './advice/index.ts'

/** Days that the run's segments ask for in all. */
export function plannedDays(run: RunRecord): number {
  const last = run.segments.at(-1)!
  return last.fromDay + last.days
}

/** Whether something that was asked for is not written yet. */
export function isUnfinished(run: RunRecord): boolean {
  return run.status === 'profiles' || (run.status === 'activity' && plannedDays(run) > 0)
}

/** What a segment of the ledger keeps for a replay. */
export interface SegmentInputs {
  /**
   * People who join on the segment's first day. Their profiles are written before it, as people of the segment; in
   * ledgers of earlier versions (`people` is 0) with the day, as are those of others who arrive.
   */
  readonly join?: number
  /** What of the policy changes with the segment's first day. */
  readonly policy?: PartialTree<PolicyParameters>
  /** How many of its people were there before: nothing of theirs was written. */
  readonly adopted?: number
  /** Keys of the adopted in a site's own models, by rule and by the number that stands for the person. */
  readonly keys?: Readonly<Record<string, Readonly<Record<string, string | number>>>>
  /** People of whom something is given: hand-written, or adopted. */
  readonly people?: readonly GivenPerson[]
  /** With the first segment: names, bios and posts of one's own. */
  readonly words?: OwnWords
  readonly quizzes?: readonly Quiz[]
  readonly taxonomy?: OwnTaxonomy
  /** With the first segment: what can happen besides, and where its facts go. */
  readonly extension?: { readonly name: string; readonly file: string; readonly tables: readonly OwnTable[] }
}

export function inputsOf(segment: Segment): SegmentInputs {
  return JSON.parse(segment.inputs) as SegmentInputs
}

/** What a replay of the run simulates: the configuration as recorded, and the cohorts and pauses of its segments. */
export function configOf(run: RunRecord): RunConfig {
  const start = JSON.parse(run.config) as RunConfig
  const config = run.segments.reduce((so, segment) => {
    const { policy } = inputsOf(segment)
    return policy === undefined ? so : changePolicy(so, segment.fromDay, policy)
  }, start)
  const people = run.segments.flatMap((segment) => inputsOf(segment).people ?? [])
  const { words, quizzes, taxonomy } = inputsOf(run.segments[0]!)
  const own = {
    ...(people.length > 0 && { people }),
    ...(words && { words }),
    ...(quizzes && { quizzes }),
    ...(taxonomy && { taxonomy }),
  }
  const cohorts = run.segments.map((segment) => ({ day: segment.fromDay, count: inputsOf(segment).join ?? 0 }))
  const pauses = run.segments
    .filter(({ gap }) => gap > 0)
    .map(({ fromDay, gap }) => ({ from: fromDay - gap, to: fromDay }))
  return { ...config, cohorts: [...config.cohorts, ...cohorts.filter((cohort) => cohort.count > 0)], pauses, ...own }
}

/** @throws MingleError ENGINE_DIFFERS when this engine would simulate the run differently */
export function checkEngine(run: RunRecord): void {
  if (run.engineVersion === ENGINE_VERSION) return
  throw new MingleError(
    'ENGINE_DIFFERS',
    `run '${run.seed}' was made by engine ${run.engineVersion} (mingle ${run.packageVersion}), this is engine ` +
      `${ENGINE_VERSION}: its days would not follow on. Use that version, or start a run with another --run-seed`,
  )
}

/**
 * The run that is meant, or the only one that fits when none is named.
 *
 * @param fits which runs are meant when none is named
 * @param meant how to call them, such as 'unfinished run'
 * @throws MingleError BAD_INPUT when there is none, or more than one
 */
export async function chooseRun(
  store: RunStore,
  choice: RunChoice,
  fits: (run: RunRecord) => boolean,
  meant: string,
): Promise<RunRecord> {
  const bySeed = typeof choice === 'string' ? await store.findRun(choice) : null
  if (bySeed) return bySeed
  const all = await store.listRuns()
  const runs = choice === undefined ? all.filter(fits) : runsMeant(all, choice)
  if (runs.length === 1) return runs[0]!
  if (choice !== undefined) {
    const there = all.length > 0 ? `it holds ${all.map(({ seed }) => `'${seed}'`).join(', ')}` : 'it holds no run'
    throw new MingleError(
      'BAD_INPUT',
      `no run '${choiceName(choice)}' in ${store.url}: ${there}; 'mingle run' starts one`,
    )
  }
  throw new MingleError(
    'BAD_INPUT',
    runs.length === 0
      ? `no ${meant} in ${store.url}; 'mingle runs' lists what is there`
      : `${runs.length} runs in ${store.url}; say which: ${runs.map((run) => seedWords(run.seed)).join(', ')}`,
  )
}

/**
 * Refuses more days while earlier ones are outstanding. Whether somebody writes them just now cannot be told: writers with
 * transactions leave no claim.
 *
 * @throws MingleError BAD_INPUT
 */
export function checkComplete(run: RunRecord, storeUrl: string): void {
  if (!isUnfinished(run)) return
  throw new MingleError(
    'BAD_INPUT',
    `run '${run.seed}' is unfinished (${standing(run)}): another process writes it, or it was cut off; where none does, ` +
      `complete it first: mingle resume ${seedWords(run.seed)}${databaseWords(storeUrl)}`,
  )
}

/** How far a run is, in words. */
export function standing(run: RunRecord): string {
  if (run.status === 'profiles') {
    const { firstPerson, people } = run.segments.at(-1)!
    return `${run.profilesThrough - firstPerson + 1} of ${people} people written`
  }
  if (!isUnfinished(run)) return plannedDays(run) === 0 ? 'people alone' : 'complete'
  return `${run.lastDay + 1} of ${plannedDays(run)} days written`
}

/**
 * Days that pass untold between the run's last day and the given date.
 *
 * @param date `YYYY-MM-DD`
 * @throws MingleError BAD_INPUT when the date is before the run's next day: the past never moves
 */
export function gapBefore(run: RunRecord, date: string): number {
  const given = parseDate(date)
  const next = run.startDay + plannedDays(run)
  if (given >= next) return given - next
  const about = `run '${run.seed}' starts on ${formatDate(run.startDay)} and has ${plannedDays(run)} days`
  throw new MingleError(
    'BAD_INPUT',
    `${about}: its next day is ${formatDate(next)}, got --start-date ${date}. Give that day or a later one, or leave ` +
      '--start-date out; nothing was written',
  )
}
