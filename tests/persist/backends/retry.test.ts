import { expect, it } from 'vitest'
import { isFault, isUnanswered, persistently, plainWords } from '../../../persist/database/retry.ts'
import { isLost } from '../../../persist/postgres/connection.ts'
import { explainedOf } from '../../../persist/prisma/explained.ts'
import { MingleError } from '../../../sim/kernel/index.ts'

const backend = { isLost: (error: unknown) => (error as { code?: string }).code === 'LOST' }
const coded = (code: string, message = code) => Object.assign(new Error(message), { code })

it('a fault is seen below what it was explained as, and an error that is its own cause is seen through', () => {
  expect(isFault(backend, Object.assign(new Error('explained'), { cause: coded('LOST') }))).toBe(true)
  const circular = new Error('round and round')
  circular.cause = circular
  expect(isFault(backend, circular)).toBe(false)
  expect(isUnanswered(circular)).toBe(false)
  expect(isUnanswered(Object.assign(new Error('explained'), { cause: coded('ECONNREFUSED') }))).toBe(true)
})

it('a server that is shutting down is told by its code, wherever that stands', () => {
  for (const code of ['57P01', '57P03', '08006']) {
    expect(isLost(coded(code))).toBe(true)
    expect(isLost(coded('P2010', `Database error. Code: \`${code}\`. Message: \`going\``))).toBe(true)
  }
  expect(isLost(coded('P2010', 'Database error. Code: `23505`. Message: `twice`'))).toBe(false)
})

it('an error that means nothing special stays what it is', () => {
  for (const kind of ['postgresql', 'mysql'] as const) {
    const error = coded('P2003', 'Foreign key')
    expect(explainedOf(error, { kind, url: 'x' }, 'x')).toBe(error)
    expect(error.cause).toBeUndefined()
  }
  for (const code of ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT']) {
    const words = explainedOf(coded(code), { kind: 'postgresql', url: 'x' }, 'here') as MingleError
    expect(words).toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('here does not answer') })
  }
  const full = coded('P2010', 'Invalid `x()` invocation:\n\n\nDatabase error. Code: `53100`. Message: `no space`')
  const words = explainedOf(full, { kind: 'postgresql', url: 'x' }, 'here') as MingleError
  expect(words).toMatchObject({ code: 'DISK_FULL', cause: full })
  expect(words.message).toContain('here cannot write (Database error.')
  expect(plainWords(full.message)).toBe('Database error. Code: `53100`. Message: `no space`')
})

it('what another took is tried again at once; a moved cursor once, and after a lost connection alone', async () => {
  const faults = { isTransient: (error: unknown) => isFault(backend, error), isConflict: () => false }
  const moved = new MingleError('RUN_MOVED', 'moved')
  const failing = (...errors: Error[]) => {
    let calls = 0
    const attempt = async () => {
      const error = errors[calls++]
      if (error) throw error
      return calls
    }
    const said: string[] = []
    return { said, done: () => persistently(attempt, faults, (message) => said.push(message)) }
  }
  await expect(failing(moved).done()).rejects.toBe(moved)
  const lost = failing(coded('LOST', 'gone\n  away'), moved)
  expect(await lost.done()).toBe(3)
  expect(lost.said).toEqual(['the connection was lost (gone away); trying again in 0.2 s'])
  await expect(failing(coded('LOST'), moved, moved).done()).rejects.toBe(moved)
  let conflicts = 0
  const always = { isTransient: () => false, isConflict: () => true }
  const taken = async () => {
    conflicts++
    throw coded('23505')
  }
  await expect(persistently(taken, always, () => {})).rejects.toMatchObject({ code: '23505' })
  expect(conflicts).toBe(7)
})
