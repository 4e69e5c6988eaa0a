import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { refuseExtension, tasksUrl } from '../../cli/cluster/options.ts'
import { settingOf } from '../../cli/experiments/options.ts'
import { repeatOf } from '../../cli/experiments/repeat.ts'
import { withoutDatabase } from '../../cli/mapping.ts'
import { withAskedRun } from '../../cli/options/asked.ts'
import { withOwnContent } from '../../cli/options/content.ts'
import { openStore } from '../../persist/index.ts'
import { configFromSettings, extendRun, loadExtension, startRun } from '../../run/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'mingle-cli-extension-'))
const config = join(folder, 'named.config.mjs')
const mapped = join(folder, 'mapped.config.mjs')
afterAll(() => rmSync(folder, { recursive: true }))
writeFileSync(
  join(folder, 'quiet.mjs'),
  "export default { name: 'quiet', attach: () => ({ endDay() {}, handle() {} }) }\n",
)
writeFileSync(config, "export default { extension: './quiet.mjs' }\n")
// A mapping that cannot work: its schema is not there.
writeFileSync(
  mapped,
  "export default { schema: './nowhere', map: {}, extension: './quiet.mjs', content: { words: './words.json' } }\n",
)

describe('the extension that a configuration names', () => {
  /** As the parser hands values over. */
  const flags = (more: Record<string, string> = {}) =>
    Object.fromEntries(Object.entries({ config, ...more }).map(([name, value]) => [name, `=${value}`]))

  it('is that of a run without a database too, which wants no mapping that works', async () => {
    expect((await withoutDatabase('none:', mapped)).extension).toMatch(/quiet\.mjs$/)
    expect((await withoutDatabase('none:', 'off')).extension).toBeUndefined()
    expect((await withOwnContent(flags({ config: mapped }), { seed: 'a' })).words).toMatch(/words\.json$/)
    await expect(withoutDatabase('none:', 'not-there.mjs')).rejects.toThrow('there is no configuration not-there.mjs')
    await expect(withOwnContent(flags({ config: 'not-there.mjs' }), { seed: 'a' })).rejects.toThrow('not-there.mjs')
  })

  it('is that of the run that is asked about', async () => {
    const asked = (more: Record<string, string>) =>
      withAskedRun(
        { ...flags({ runSeed: 'a', count: '5', days: '1', ...more }) },
        async ({ run }) => run.extension?.name,
      )
    expect(await asked({})).toBe('quiet')
    expect(await asked({ extension: 'off' })).toBeUndefined()
    await expect(asked({ config: join(folder, 'none.mjs') })).rejects.toThrow('there is no configuration')
  })

  it('is in the past of a run of a database, which cannot be lived without it: --extension off is refused there', async () => {
    const url = `file:${join(folder, 'quiet.db')}`
    const store = await openStore(url)
    const extension = await loadExtension(join(folder, 'quiet.mjs'))
    const how = { workers: 0, raiseCompilerBudget: false }
    await startRun(store, configFromSettings({ seed: 'quiet', count: 20 }), 1, { ...how, extension })
    await startRun(store, configFromSettings({ seed: 'plain', count: 20 }), 1, { ...how, extension: null })
    const refusal = /run 'quiet' lives by the extension 'quiet'.*leave --extension off out/
    await expect(extendRun(store, 'quiet', { days: 1 }, { ...how, extension: null })).rejects.toThrow(refusal)
    expect((await extendRun(store, 'plain', { days: 1 }, { ...how, extension: null })).status).toBe('finished')
    await store.close()
    const asked = (runSeed: string, more: Record<string, string> = {}) =>
      withAskedRun(
        Object.fromEntries(
          Object.entries({ runSeed, databaseUrl: url, ...more }).map(([name, it]) => [name, `=${it}`]),
        ),
        async ({ run }) => run.extension?.name,
      )
    expect(await asked('quiet')).toBe('quiet')
    await expect(asked('quiet', { extension: 'off' })).rejects.toThrow(refusal)
    expect(await asked('plain', { extension: 'off' })).toBeUndefined()
  })

  it('is left out by the commands that make an experiment again', async () => {
    const setting = await settingOf(flags({ count: '5', extension: 'off' }))
    const trial = { seed: 'exp-1', point: {} }
    const here = await repeatOf(setting, flags({ extension: 'off' }))
    expect(here.run(trial)).toContain(' --extension off')
    expect(here.experiment('sweep', 'exp', ['--seeds 2'])).toContain(' --extension off')
    expect((await repeatOf(setting, flags({ config: 'off' }))).run(trial)).toMatch(/--config off(?!.*--extension)/)
  })

  it('is refused where tasks carry the run out', async () => {
    await expect(refuseExtension(flags())).rejects.toThrow('--extension off makes it without')
    await expect(refuseExtension(flags({ config: 'off', extension: './own.ts' }))).rejects.toThrow('(./own.ts)')
    await expect(refuseExtension(flags({ extension: 'off' }))).resolves.toBeUndefined()
    await expect(refuseExtension(flags({ config: 'off' }))).resolves.toBeUndefined()
    await expect(settingOf(flags({ count: '5' }))).rejects.toThrow('experiments live by no extension')
    expect(await settingOf(flags({ count: '5', extension: 'off' }))).toMatchObject({ input: { count: 5 } })
  })

  it('and a mapping too', async () => {
    const of = (config: string) => tasksUrl(flags({ config, extension: 'off' }))
    await expect(of(mapped)).rejects.toThrow("maps facts to a site's own models")
    expect(await of('off')).toBe('file:./mingle.db')
    const elsewhere = join(folder, 'elsewhere.config.mjs')
    writeFileSync(elsewhere, "export default { database: 'parquet:./out', preset: 'default' }\n")
    expect(await of(elsewhere)).toBe('parquet:./out')
  })
})
