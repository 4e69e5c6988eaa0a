import { badInput } from '../sim/kernel/index.ts'

/** Which run of a database is meant: by its seed; by `run`, its seed or its id; undefined: the only one there is. */
export type RunChoice = string | { readonly run: string } | undefined

/** What a choice is called in messages. */
export function choiceName(choice: Exclude<RunChoice, undefined>): string {
  return typeof choice === 'string' ? choice : choice.run
}

/**
 * The runs that a choice can mean: all of them where nothing was chosen, else at most one.
 *
 * @throws MingleError BAD_INPUT when `run` is the seed of one and the id of another
 */
export function runsMeant<R extends { readonly id: number; readonly seed: string }>(
  runs: readonly R[],
  choice: RunChoice,
): R[] {
  if (choice === undefined) return [...runs]
  const name = choiceName(choice)
  const bySeed = runs.filter((run) => run.seed === name)
  if (typeof choice === 'string') return bySeed
  const byId = /^[1-9]\d{0,14}$/.test(name) ? runs.filter((run) => run.id === Number(name)) : []
  if (bySeed.length > 0 && byId.length > 0 && bySeed[0] !== byId[0]) {
    throw badInput(
      `--run ${name} is the seed of run '${name}' (id ${bySeed[0]!.id}) and the id of run '${byId[0]!.seed}'; say which ` +
        'by its seed, with --run-seed',
    )
  }
  return bySeed.length > 0 ? bySeed : byId
}
