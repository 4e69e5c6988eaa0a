import { afterAll } from 'vitest'

/** Has a test file run far from UTC, so that whoever takes a time for a local one is found out. */
export function farFromUtc(): void {
  const { TZ } = process.env
  process.env.TZ = 'Asia/Tokyo'
  afterAll(() => {
    if (TZ === undefined) delete process.env.TZ
    else process.env.TZ = TZ
  })
}
