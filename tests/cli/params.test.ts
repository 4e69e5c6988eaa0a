import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { PARAMETERS } from '../../sim/index.ts'
import { Workplace } from './command-line.ts'

describe('mingle params', () => {
  const place = new Workplace()
  afterAll(() => place.remove())
  const json = async (...args: string[]) => JSON.parse((await place.mingle(['params', ...args, '--json'])).stdout)
  writeFileSync(
    join(place.folder, 'shy.json'),
    '{ "name": "shy", "reason": "Few write first", "engine": 1, "set": { "policy.opening.medianHours": 20 } }',
  )

  it('lists every parameter', async () => {
    const { code, stdout, stderr } = await place.mingle(['params'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const { path, what } of PARAMETERS) {
      expect(stdout).toMatch(new RegExp(`^${path.replaceAll('.', '\\.')} .*`, 'm'))
      expect(stdout).toContain(what)
    }
    expect((await json()).parameters).toHaveLength(PARAMETERS.length)
  })

  it('takes a part of a path, a pattern, or a word of what it is', async () => {
    const paths = async (pattern: string) => (await json(pattern)).parameters.map((row: { path: string }) => row.path)
    expect(await paths('LIKE.scale')).toEqual([
      'policy.like.scale.woman',
      'policy.like.scale.man',
      'policy.like.scale.nonbinary',
    ])
    expect(await paths('policy.*.sigma')).toEqual([
      'policy.session.sigma',
      'policy.opening.sigma',
      'policy.reply.sigma',
    ])
    expect(await paths('goodbye')).toEqual(['policy.reply.farewell'])
    expect(await place.mingle(['params', 'nonsense'])).toMatchObject({ code: 2, stdout: '' })
  })

  it('shows the values of a preset, and --set over it', async () => {
    const [row] = (await json('opening.medianHours', '--preset', 'shy.json')).parameters
    expect(row).toMatchObject({ default: 9, value: 20, unit: 'waking hours', moves: ['silent_matches'] })
    const set = ['--preset', 'shy.json', '--set', 'policy.opening.medianHours=21']
    expect((await json('opening.medianHours', ...set)).parameters[0].value).toBe(21)
    expect((await place.mingle(['params', 'opening', '--preset', 'shy.json'])).stdout).toContain('20 (default 9)')
  })

  it('a run takes a preset, and says what is wrong with one', async () => {
    const run = async (...args: string[]) =>
      place.mingle(['run', '--count', '20', '--days', '1', '--run-seed', 'x', '--writer', 'none', '--json', ...args])
    const digest = async (...args: string[]) => JSON.parse((await run(...args)).stdout).digest
    expect(await digest('--preset', 'shy.json')).toBe(await digest('--set', 'policy.opening.medianHours=20'))
    expect(await digest('--preset', 'default')).toBe(await digest())
    expect(await digest('--preset', 'null')).toBe(await digest('--population', 'null'))
    const refused = await run('--preset', 'absent.json')
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain("There is no preset 'absent.json'")
  })

  it("the site's configuration says what holds where no preset is named", async () => {
    const config = join(place.folder, 'mingle.config.mjs')
    const says = (text: string) => writeFileSync(config, `export default ${text}`)
    says("{ preset: './shy.json', set: { 'policy.like.nearKm': 31 } }")
    const values = async (...args: string[]) =>
      Object.fromEntries(
        (await json('policy', ...args)).parameters.map(({ path, value }: { path: string; value: number }) => [
          path.slice('policy.'.length),
          value,
        ]),
      )
    expect(await values()).toMatchObject({ 'opening.medianHours': 20, 'like.nearKm': 31 })
    expect(await values('--set', 'policy.like.nearKm=32')).toMatchObject({ 'like.nearKm': 32 })
    for (const other of [
      ['--preset', 'default'],
      ['--config', 'off'],
      ['--population', 'default'],
    ])
      expect(await values(...other)).toMatchObject({ 'opening.medianHours': 9, 'like.nearKm': 15 })
    says("{ set: { 'policy.like.nearkm': 31 } }")
    expect((await place.mingle(['params'])).stderr).toMatch(/^mingle: no parameter 'policy.like.nearkm'; there is/)
    says("{ set: { 'policy.like.nearKm': 'far' } }")
    expect((await place.mingle(['params'])).stderr).toContain('set has policy.like.nearKm as "far"; give a number')
    rmSync(config)
  })
})
