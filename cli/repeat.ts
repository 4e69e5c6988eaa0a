import { optionWords } from '../run/advice/index.ts'
import type { RunSettings } from '../run/index.ts'

/**
 * The command that makes this run again, with every default spelled out that could change.
 *
 * @param configured parameters that the site's configuration sets, by path
 */
export function repeatCommand(
  command: 'run' | 'profiles',
  settings: RunSettings,
  days: number | undefined,
  configured: Readonly<Record<string, number>> = {},
): string {
  const { scenario } = settings
  const words = ['mingle', command, optionWords('--run-seed', settings.seed)]
  if (scenario !== undefined) words.push(optionWords('--scenario', scenario))
  if (scenario === undefined || settings.count !== undefined) words.push(`--count ${settings.count ?? 100}`)
  if (days !== undefined) words.push(`--days ${days}`)
  if (scenario === undefined || settings.startDate !== undefined) {
    words.push(optionWords('--start-date', settings.startDate ?? '2024-01-01'))
  }
  if (settings.population !== undefined) words.push(optionWords('--population', settings.population))
  if (settings.preset !== undefined) words.push(optionWords('--preset', settings.preset))
  if (settings.women !== undefined) words.push(optionWords('--women', String(settings.women)))
  if (settings.places !== undefined) words.push(optionWords('--places', settings.places))
  if (settings.market !== undefined) words.push(optionWords('--market', settings.market))
  if (settings.personas !== undefined) words.push(optionWords('--personas', settings.personas))
  if (settings.words !== undefined) words.push(optionWords('--words', settings.words))
  if (settings.quizzes !== undefined) words.push(optionWords('--quizzes', settings.quizzes))
  if (settings.taxonomy !== undefined) words.push(optionWords('--taxonomy', settings.taxonomy))
  for (const [path, value] of Object.entries(configured)) words.push(`--set ${path}=${value}`)
  for (const setting of settings.set ?? []) words.push(optionWords('--set', setting))
  for (const arm of settings.arm ?? []) words.push(optionWords('--arm', arm))
  for (const setting of settings.armSet ?? []) words.push(optionWords('--arm-set', setting))
  return words.join(' ')
}
