import { METRIC_BY_ID } from '../../../sim/index.ts'
import type { ReportCurve, RunReport } from '../../messages/index.ts'
import { type Bar, Bars } from '../charts/Bars.tsx'
import { Figure } from '../charts/Figure.tsx'
import { formatBand, formatInterval, formatValue, grouped } from '../charts/format.ts'
import { Series } from '../charts/Series.tsx'
import { cell } from '../charts/table.ts'
import {
  hoursOfDay,
  likesPerPost,
  likesReceived,
  lorenz,
  postsAWeek,
  replyDelays,
  threadLengths,
} from '../views/distributions/tallies.ts'
import { VerdictMark } from '../views/rates/VerdictMark.tsx'

const percent = (value: number) => `${Math.round(value * 1000) / 10}%`
const GROUPS = [
  ['What must hold', 'mandated'],
  ['What real sites show', 'banded'],
  ['Reported', 'reported'],
] as const

export function RunPages({ report }: { report: RunReport }) {
  const {
    seed,
    people,
    days,
    startDate,
    engineVersion,
    packageVersion,
    database,
    digest,
    replayed,
    commands,
    changes,
    config,
    rows,
    curves,
    tally,
  } = report
  const counts = { pass: 0, fail: 0, 'not asserted': 0 }
  for (const { verdict } of curves) counts[verdict]++
  const same = digest === replayed
  const hundredths = Array.from({ length: 101 }, (_, i) => `${i}%`)
  const bars = (
    title: string,
    note: string,
    axis: string,
    values: readonly Bar[],
    tone: 'now' | 'second' | 'third' = 'now',
  ) => (
    <Figure
      title={title}
      note={note}
      table={{ columns: [axis, 'share'], rows: values.map(({ label, now }) => [label, cell(now, percent)]) }}
    >
      <Bars name={title} axis={axis} bars={values} format={percent} tone={tone} initialWidth={360} />
    </Figure>
  )
  return (
    <main>
      <header class="report-head">
        <p class="kind">Mingle · report of a run</p>
        <h1>{seed}</h1>
        <p class="lead">
          {grouped(people)} people, {days} days from {startDate}, in {database}
        </p>
        <p class="verdicts">
          <VerdictMark verdict="pass" /> {counts.pass} in their band <VerdictMark verdict="fail" /> {counts.fail} out{' '}
          <VerdictMark verdict="not asserted" /> {counts['not asserted']} not asserted
        </p>
      </header>
      <section>
        <dl class="facts">
          <div>
            <dt>Run digest</dt>
            <dd>
              <code>{digest ?? 'none: the run is not finished'}</code>
            </dd>
          </div>
          <div>
            <dt>Lived again for this report</dt>
            <dd>
              <code>{replayed}</code>{' '}
              {digest !== null && (same ? 'the same' : 'NOT the same: the charts are not those of the rows')}
            </dd>
          </div>
          <div>
            <dt>Engine</dt>
            <dd>{engineVersion}</dd>
          </div>
          <div>
            <dt>Written by</dt>
            <dd>mingle {packageVersion}</dd>
          </div>
        </dl>
        <h3>The same run again</h3>
        <pre class="command">{commands.join('\n')}</pre>
      </section>
      {GROUPS.map(([title, status]) => (
        <section key={status}>
          <h2>{title}</h2>
          <div class="grid">
            {curves
              .filter(({ id }) => METRIC_BY_ID.get(id)!.status === status)
              .map((curve) => (
                <Rate key={curve.id} curve={curve} days={days} />
              ))}
          </div>
        </section>
      ))}
      <section>
        <h2>Distributions</h2>
        <div class="figures">
          {bars(
            'Likes received by women',
            'Share of women by the likes they received.',
            'likes',
            likesReceived(tally, null, 'woman'),
            'second',
          )}
          {bars(
            'Likes received by men',
            'Share of men by the likes they received.',
            'likes',
            likesReceived(tally, null, 'man'),
          )}
          <Figure title="Lorenz curve of likes received" note="The dashed diagonal is equality.">
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
              initialWidth={360}
            />
            <p class="legend">women long dashes, men solid</p>
          </Figure>
          {bars(
            'Delay of answers',
            'Every bar is the same factor wider than the last.',
            'time, logarithmic',
            replyDelays(tally, null),
            'third',
          )}
          {bars(
            'Length of conversations',
            'Share of conversations by their messages.',
            'messages',
            threadLengths(tally, null),
          )}
          {bars(
            'Posts a week',
            'Active posters by their posts per exposed week.',
            'posts a week',
            postsAWeek(tally, null),
          )}
          {bars(
            'Hours of weekdays',
            'Actions by the hour of people’s own clocks.',
            'local hour',
            hoursOfDay(tally, null, false),
          )}
          {bars(
            'Hours of weekends',
            'Actions by the hour of people’s own clocks.',
            'local hour',
            hoursOfDay(tally, null, true),
          )}
          {bars(
            'Likes of a post',
            'Share of posts by the likes they got.',
            'likes',
            likesPerPost(tally, null),
            'second',
          )}
        </div>
      </section>
      <section class="tables">
        <h2>Numbers</h2>
        <table>
          <caption>Scorecard over all {days} days</caption>
          <thead>
            <tr>
              <th scope="col">metric</th>
              <th scope="col">value</th>
              <th scope="col">95% interval</th>
              <th scope="col">band</th>
              <th scope="col">observed</th>
              <th scope="col">verdict</th>
            </tr>
          </thead>
          <tbody>
            {curves.map(({ id, values, low, high, n, verdict }) => {
              const metric = METRIC_BY_ID.get(id)!
              const at = values.length - 1
              return (
                <tr key={id}>
                  <th scope="row">{metric.name}</th>
                  <td>{formatValue(values[at]!, metric.unit)}</td>
                  <td>{formatInterval([low[at]!, high[at]!], metric.unit)}</td>
                  <td>{formatBand(metric.low, metric.high, metric.unit)}</td>
                  <td>
                    {grouped(n)} {metric.of}
                  </td>
                  <td>{verdict}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
        <table>
          <caption>Rows</caption>
          <thead>
            <tr>
              <th scope="col">table</th>
              <th scope="col">rows</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(rows).map(([table, count]) => (
              <tr key={table}>
                <th scope="row">{table}</th>
                <td>{grouped(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {changes.length > 0 ? (
          <table>
            <caption>Parameters that are not the defaults</caption>
            <thead>
              <tr>
                <th scope="col">parameter</th>
                <th scope="col">value</th>
                <th scope="col">default</th>
              </tr>
            </thead>
            <tbody>
              {changes.map(([path, value, standard]) => (
                <tr key={path}>
                  <th scope="row">
                    <code>{path}</code>
                  </th>
                  <td>{value}</td>
                  <td>{standard}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : (
          <p>All parameters are the defaults.</p>
        )}
        <details>
          <summary>The whole configuration</summary>
          <pre class="command">{config}</pre>
        </details>
      </section>
    </main>
  )
}

function Rate({ curve: { id, values, low, high, verdict }, days }: { curve: ReportCurve; days: number }) {
  const metric = METRIC_BY_ID.get(id)!
  const format = (value: number) => formatValue(value, metric.unit)
  const band = low.map((end, i) => (Number.isNaN(end) ? null : ([end, high[i]!] as const)))
  return (
    <article class={`rate ${verdict}`}>
      <header>
        <VerdictMark verdict={verdict} />
        <h3>{metric.name}</h3>
        <output>{format(values.at(-1) ?? Number.NaN)}</output>
      </header>
      <Series
        name={metric.name}
        places={Array.from({ length: days }, (_, day) => `day ${day + 1}`)}
        lines={[{ label: 'value', tone: 'now', values, band }]}
        target={[metric.low, metric.high]}
        format={format}
        height={92}
        initialWidth={300}
        ends={['day 1', `day ${days}`]}
      />
      <footer>
        <span class="band">{formatBand(metric.low, metric.high, metric.unit)}</span>
      </footer>
    </article>
  )
}
