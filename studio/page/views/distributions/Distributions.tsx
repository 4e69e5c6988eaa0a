import { signal } from '@preact/signals'
import { type Bar, Bars } from '../../charts/Bars.tsx'
import { Figure } from '../../charts/Figure.tsx'
import { Series } from '../../charts/Series.tsx'
import { cell, type Table } from '../../charts/table.ts'
import { baseCurves, isBaseline, mainCurve } from '../../engine/rates.ts'
import { baseWorld, useAnswer, useWorld } from '../../engine/world.ts'
import { day } from '../../model/store.ts'
import { Opening } from '../../parts/Opening.tsx'
import { CohortTable } from './Cohorts.tsx'
import { FunnelChart } from './Funnel.tsx'
import { Scatter } from './Scatter.tsx'
import { hoursOfDay, likesPerPost, likesReceived, lorenz, postsAWeek, replyDelays, threadLengths } from './tallies.ts'

const percent = (value: number) => `${Math.round(value * 1000) / 10}%`
const weekend = signal(false)

function tableOf(axis: string, bars: readonly Bar[]): Table {
  const compared = bars.some(({ base }) => base !== undefined)
  return {
    columns: [axis, 'now', ...(compared ? ['baseline'] : [])],
    rows: bars.map(({ label, now, base = Number.NaN }) => [
      label,
      cell(now, percent),
      ...(compared ? [cell(base, percent)] : []),
    ]),
  }
}

export function Distributions() {
  const state = useWorld()
  const { tally } = mainCurve.value
  const base = isBaseline.value ? null : (baseCurves.value[0]?.tally ?? null)
  const people = useAnswer('people', { day: day.value })
  const stages = useAnswer('funnel', { day: day.value })
  const retention = useAnswer('cohorts', { day: day.value })
  const compared = !isBaseline.value
  useWorld(baseWorld, compared)
  const asked = compared ? { day: day.value } : null
  const before = {
    people: useAnswer('people', asked, baseWorld),
    stages: useAnswer('funnel', asked, baseWorld),
    retention: useAnswer('cohorts', asked, baseWorld),
  }
  const ghost = <T,>({ value, fresh }: { value: T | null; fresh: boolean }) => (compared && fresh ? value : null)
  if (!tally)
    return (
      <p class="empty" role="status">
        The first days are being simulated …
      </p>
    )
  const bars = (
    title: string,
    note: string,
    axis: string,
    values: readonly Bar[],
    tone: 'now' | 'second' | 'third' = 'now',
  ) => (
    <Figure title={title} note={note} table={tableOf(axis, values)}>
      <Bars name={title} axis={axis} bars={values} format={percent} tone={tone} />
    </Figure>
  )
  const hundredths = Array.from({ length: 101 }, (_, i) => `${i}%`)
  return (
    <div class="view distributions">
      <header class="view-head">
        <div>
          <h2>Distributions</h2>
          <p>
            What lies behind the rates, over the {tally.days} days simulated with the first seed.
            {base && ' What is dashed is the baseline.'}
          </p>
        </div>
      </header>
      <div class="figures">
        {stages.value ? (
          <FunnelChart funnel={stages.value} base={ghost(before.stages)} />
        ) : state.key === null ? (
          <div class="figure">
            <h3>From seen to met</h3>
            <Opening state={state} what="the stages" />
          </div>
        ) : null}
        {bars(
          'Likes received by women',
          'Share of women by the likes they received.',
          'likes',
          likesReceived(tally, base, 'woman'),
          'second',
        )}
        {bars(
          'Likes received by men',
          'Share of men by the likes they received.',
          'likes',
          likesReceived(tally, base, 'man'),
        )}
        <Figure
          title="Lorenz curve of likes received"
          note="How unequally likes fall: the diagonal is equality."
          table={{
            columns: ['people', 'women', 'men'],
            rows: hundredths
              .filter((_, i) => i % 10 === 0)
              .map((name, i) => [
                name,
                cell(lorenz(tally, 'woman')[i * 10]!, percent),
                cell(lorenz(tally, 'man')[i * 10]!, percent),
              ]),
          }}
        >
          <Series
            name="Lorenz curve of likes received"
            places={hundredths}
            lines={[
              { label: 'equality', tone: 'base', values: hundredths.map((_, i) => i / 100) },
              { label: 'women', tone: 'second', values: lorenz(tally, 'woman') },
              { label: 'men', tone: 'now', values: lorenz(tally, 'man') },
            ]}
            format={percent}
            height={200}
            axes
          />
          <p class="legend">
            <span class="key second">women (long dashes)</span>
            <span class="key now">men (solid)</span>
          </p>
        </Figure>
        {bars(
          'Delay of answers',
          'Share of answers by the time they took; every bar is the same factor wider than the last.',
          'time, logarithmic',
          replyDelays(tally, base),
          'third',
        )}
        {bars(
          'Length of conversations',
          'Share of conversations by their messages.',
          'messages',
          threadLengths(tally, base),
        )}
        {bars(
          'Posts a week',
          'Active posters by their posts per exposed week.',
          'posts a week',
          postsAWeek(tally, base),
        )}
        <Figure
          title="Hours of the day"
          note="Actions by the hour of people’s own clocks."
          table={tableOf('hour', hoursOfDay(tally, base, weekend.value))}
        >
          <div class="segmented small" role="group" aria-label="Which days">
            <button type="button" aria-pressed={!weekend.value} onClick={() => (weekend.value = false)}>
              weekdays
            </button>
            <button type="button" aria-pressed={weekend.value} onClick={() => (weekend.value = true)}>
              weekends
            </button>
          </div>
          <Bars
            name={`Actions by hour on ${weekend.value ? 'weekends' : 'weekdays'}`}
            axis="local hour"
            bars={hoursOfDay(tally, base, weekend.value)}
            format={percent}
            height={160}
          />
        </Figure>
        {bars('Likes of a post', 'Share of posts by the likes they got.', 'likes', likesPerPost(tally, base), 'second')}
        {people.value && <Scatter table={people.value} base={ghost(before.people)} />}
        {retention.value && <CohortTable cohorts={retention.value} base={ghost(before.retention)} />}
      </div>
    </div>
  )
}
