import { expect, it, vi } from 'vitest'
import { reportFailure } from '../../cli/failure.ts'
import { runExists } from '../../persist/database/announcement.ts'
import { MingleError } from '../../sim/kernel/index.ts'

it('is 2 for a run that another process was quicker to begin, as where it was there already, and 1 for one that was moved', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {})
  expect(await reportFailure(runExists('a', 'file:./a.db'), false)).toBe(2)
  expect(await reportFailure(new MingleError('RUN_MOVED', 'another process writes it'), false)).toBe(1)
  expect(said.mock.calls.map(([line]) => line)).toEqual([
    "mingle: file:./a.db already holds run 'a'; continue it with 'mingle resume' or 'mingle extend', or take another --run-seed",
    'mingle: another process writes it',
  ])
  said.mockRestore()
})
