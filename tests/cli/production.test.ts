import { readdirSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { productionSign } from '../../cli/production.ts'
import { Workplace } from './command-line.ts'

describe('production', () => {
  const place = new Workplace()
  afterAll(() => place.remove())

  it.each([
    ['postgresql://u:p@db.prod.example.org/site', 'prod'],
    ['postgresql://u:p@host/site_production?schema=x', 'production'],
    ['mysql://live-db:3306/site', 'live'],
  ])('is seen in %s', (url, word) => {
    expect(productionSign(url, 'development')).toContain(`'${word}'`)
    expect(productionSign(url, 'development')).not.toContain('p@')
  })

  it.each([
    'postgresql://u:production@localhost/site',
    'postgresql://u:p@localhost/products',
    'postgresql://localhost/olive?application_name=live',
    'file:./production.db',
    'memory:',
  ])('is not seen in %s', (url) => {
    expect(productionSign(url, 'test')).toBeUndefined()
  })

  it('is refused before anything is written, unless told to', async () => {
    const args = ['run', '--run-seed', 'x', '--count', '5', '--days', '1']
    const refused = await place.mingle(args, { NODE_ENV: 'production' })
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toContain('NODE_ENV is production')
    expect(refused.stderr).toContain('--allow-production')
    expect(readdirSync(place.folder)).toEqual([])
    const reset = await place.mingle(['reset', '--run-seed', 'x'], { NODE_ENV: 'production' })
    expect(reset).toMatchObject({ code: 2, stdout: '' })
    const told = await place.mingle([...args, '--allow-production'], { NODE_ENV: 'production' })
    expect(told.code, told.stderr).toBe(0)
  })
})
