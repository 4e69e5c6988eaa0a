import { describe, expect, it } from 'vitest'
import { runsMeant } from '../../persist/run-choice.ts'

const RUNS = [
  { id: 1, seed: 'demo' },
  { id: 2, seed: '007' },
  { id: 7, seed: '1' },
]

describe('which run is meant', () => {
  it.each([
    [undefined, [1, 2, 7]],
    ['demo', [1]],
    ['1', [7]],
    ['7', []],
    [{ run: 'demo' }, [1]],
    [{ run: '007' }, [2]],
    [{ run: '2' }, [2]],
    [{ run: '7' }, [7]],
    [{ run: '3' }, []],
    [{ run: '2.0' }, []],
  ])('%j', (choice, ids) => {
    expect(runsMeant(RUNS, choice).map(({ id }) => id)).toEqual(ids)
  })

  it('refuses what is the seed of one run and the id of another', () => {
    expect(() => runsMeant(RUNS, { run: '1' })).toThrow(
      "--run 1 is the seed of run '1' (id 7) and the id of run 'demo'; say which by its seed, with --run-seed",
    )
  })
})
