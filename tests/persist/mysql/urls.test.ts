import { describe, expect, it } from 'vitest'
import { driverUrl, poolUrl } from '../../../persist/mysql/connection.ts'

const timeout = (query: string): string | null =>
  driverUrl(`mysql://root@db.example:3306/site${query}`).searchParams.get('connectTimeout')

describe('a URL of MySQL', () => {
  it.each([
    ['', '10000'],
    ['?connect_timeout=3', '3000'],
    ['?connect_timeout=0', '0'],
    ['?connect_timeout=soon', '10000'],
    ['?connectTimeout=250', '250'],
    ['?connectTimeout=250&connect_timeout=3', '250'],
  ])('waits for the server as long as it says, else ten seconds: %s', (query, milliseconds) => {
    expect(timeout(query)).toBe(milliseconds)
  })

  it("keeps Prisma's word for it from the driver, in a pool too", () => {
    const { searchParams } = poolUrl('mysql://root@db.example:3306/site?connect_timeout=3')
    expect(searchParams.has('connect_timeout')).toBe(false)
    expect(searchParams.get('connectTimeout')).toBe('3000')
  })
})
