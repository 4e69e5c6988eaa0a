import { beforeEach, expect, it, vi } from 'vitest'
import { persistently } from '../../cluster/control/persistently.ts'

/** Milliseconds that would have been waited. */
const waits: number[] = vi.hoisted(() => [])
vi.mock('node:timers/promises', () => ({ setTimeout: async (ms: number) => void waits.push(ms) }))
beforeEach(() => waits.splice(0))

const coded = (code: string) => Object.assign(new Error(code), { code })

/** Fails by these, one after the other, and then no more. */
function failing(...codes: string[]) {
  let calls = 0
  return async () => {
    const code = codes[calls++]
    if (code !== undefined) throw coded(code)
    return calls
  }
}

it.each(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ETIMEDOUT'])(
  'a database that has answered is waited for (%s), one that never did is not',
  async (code) => {
    const contact = { reached: false }
    await expect(persistently(failing(code), 'again', contact)).rejects.toMatchObject({ code })
    expect(contact.reached).toBe(false)
    expect(await persistently(failing(), 'again', contact)).toBe(1)
    expect(contact.reached).toBe(true)
    for (const known of [contact, undefined]) {
      expect(waits.splice(0)).toEqual([])
      expect(await persistently(failing(code, code), 'again', known)).toBe(3)
      expect(waits.splice(0)).toEqual([500, 1000])
    }
  },
)

it('one that broke off is waited for at once: it was there', async () => {
  expect(await persistently(failing('57P03', 'ECONNRESET'), 'again', { reached: false })).toBe(3)
  expect(waits).toEqual([500, 1000])
})

it('one that does not come back is told with what to do', async () => {
  const away = failing(...Array.from({ length: 9 }, () => 'EAI_AGAIN'))
  await expect(persistently(away, 'go on')).rejects.toMatchObject({
    code: 'CONNECTION_LOST',
    message: 'the database of the run does not answer (EAI_AGAIN); go on when it does',
  })
  expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(30_000)
})
