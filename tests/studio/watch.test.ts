import { describe, expect, it } from 'vitest'
import { createSimulation, ENGINE_VERSION, MarketMetrics, mergeTallies } from '../../sim/index.ts'
import { sparkline, TerminalView, terminalLines, WatchLog } from '../../studio/index.ts'

describe('sparkline', () => {
  it('spreads values over eight bars, keeps the last, and leaves gaps', () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 8)).toBe('▁▂▃▄▅▆▇█')
    expect(sparkline([9, 0, null, 7], 3)).toBe('▁ █')
    expect(sparkline([5, 5], 4)).toBe('  ▄▄')
    expect(sparkline([], 2)).toBe('  ')
  })
})

function watched(log = new WatchLog()): WatchLog {
  const run = createSimulation({ seed: 'watched', count: 120 })
  const metrics = new Map(
    run.markets.map((market) => [market, new MarketMetrics(market.people(), run.config.startDay)]),
  )
  log.begin({
    seed: 'watched',
    people: 120,
    days: 9,
    before: 0,
    startDate: '2024-01-01',
    engineVersion: ENGINE_VERSION,
    database: 'file:./x.db',
    command: null,
  })
  for (let day = 0; day < 9; day++) {
    run.passDays(1, (market) => metrics.get(market))
    log.day(
      day,
      { likes: 10 * day, sessions: 100 },
      day % 2 === 0 ? mergeTallies([...metrics.values()].map((one) => one.tally())) : null,
    )
  }
  return log
}

describe('the terminal’s view', () => {
  it('shows days, rows by table, rates with their bands, and how it ended', () => {
    const log = watched()
    log.warn('something was slow')
    log.finish({ status: 'finished', digest: 'ab'.repeat(16), message: null })
    const text = terminalLines(log, 100).join('\n')
    expect(text).toContain('day 9 of 9')
    expect(text).toMatch(/likes +[\d,]+ +360 /)
    expect(text).toMatch(/feed engagement +\d+\.\d% +band 20\.0% – 40\.0%/)
    expect(text).toContain('! something was slow')
    expect(text).toContain(`finished, digest ${'ab'.repeat(16)}`)
    for (const line of terminalLines(log, 60)) expect(line.length).toBeLessThanOrEqual(60)
  })

  it('is a line now and then where there is no terminal, with a dash for what nobody could count yet', () => {
    const log = new WatchLog()
    const lines: string[] = []
    const view = new TerminalView(log, { write: (line: string) => lines.push(line) } as unknown as NodeJS.WriteStream)
    watched(log)
    view.stop()
    expect(lines.length).toBeGreaterThan(0)
    expect(lines[0]).toMatch(/^day 1 of 9 {2}[\d,]+ rows\/s {2}match rate (\d+\.\d%|–), opener reply rate –, /)
  })

  it('waits before the first day', () => {
    expect(terminalLines(new WatchLog())).toEqual(['waiting for the run to begin …'])
  })

  it('tells who comes late all that was, then what comes', () => {
    const log = watched()
    const events: string[] = []
    const stop = log.follow((event) => events.push(event))
    expect(events).toEqual(['begin', ...Array.from({ length: 9 }, () => 'day')])
    log.warn('later')
    stop()
    log.warn('unheard')
    expect(events.at(-1)).toBe('warning')
    expect(events).toHaveLength(11)
  })
})
