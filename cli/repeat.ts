import type { RunSettings } from '../run/index.ts'

/** The command that makes this run again, with every default spelled out that could change. */
export function repeatCommand(command: 'run' | 'profiles', settings: RunSettings, days: number | undefined): string {
  const words = ['mingle', command, '--run-seed', settings.seed, '--count', String(settings.count ?? 100)]
  if (days !== undefined) words.push('--days', String(days))
  words.push('--start-date', settings.startDate ?? '2024-01-01')
  if (settings.population !== undefined) words.push('--population', settings.population)
  if (settings.women !== undefined) words.push('--women', String(settings.women))
  if (settings.places !== undefined) words.push('--places', settings.places)
  if (settings.market !== undefined) words.push('--market', settings.market)
  for (const setting of settings.set ?? []) words.push('--set', setting)
  return words.map(quoted).join(' ')
}

/** A word as a shell takes it. */
export function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
