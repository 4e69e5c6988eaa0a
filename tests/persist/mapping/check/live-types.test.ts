import { describe, expect, it } from 'vitest'
import { planMapping, to } from '../../../../persist/index.ts'
import { narrowerColumns } from '../../../../persist/mapping/check/live-types.ts'
import type { LiveTable } from '../../../../persist/mapping/sql/live/index.ts'
import { schema } from '../schema-text.ts'

describe('columns that are narrower than the Prisma schema says', () => {
  const metadata = schema({ Member: { id: 'Int id auto', mail: 'String unique', about: 'String VarChar(200)' } })
  const config = { schema: '.', map: { user: to('Member', { email: 'mail', bio: 'about' }, { truncate: ['about'] }) } }
  const [target] = planMapping(config, { ...metadata, provider: 'postgresql' }).targets
  const found = (length: number) => {
    const about = { type: 'varchar', native: ['VarChar', String(length)] }
    const live = { columns: new Map([['about', about]]) } as unknown as LiveTable
    return narrowerColumns(target!, live, 'postgresql').map(({ field, message }) => `${field}: ${message}`)
  }

  it('are found where texts are cut, but not so short', () => {
    expect(found(100)).toEqual([expect.stringMatching(/^about: 'bio' has up to 200 characters, the field takes 100/)])
    expect(found(200)).toEqual([])
    expect(found(300)).toEqual([])
  })
})
