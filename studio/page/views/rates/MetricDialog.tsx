import { METRIC_BY_ID, METRICS } from '../../../../sim/index.ts'
import { csvOf, savePng, saveSvg, saveText } from '../../charts/export.ts'
import { formatBand, formatInterval, formatValue } from '../../charts/format.ts'
import { Series, SeriesTable } from '../../charts/Series.tsx'
import { baseCurves, isBaseline, nowCurves } from '../../engine/rates.ts'
import { day, openMetric, scenario } from '../../model/store.ts'
import { Dialog } from '../../parts/Dialog.tsx'
import { Difference, dayNames, lastPoint, linesOf } from './RateCard.tsx'
import { rateRow } from './rows.ts'

/** One metric, large: its curve, the paired difference to the baseline, its definition, and the numbers. */
export function MetricDialog({ id }: { id: string }) {
  const metric = METRIC_BY_ID.get(id)
  if (!metric) return null
  const { days } = scenario.value
  const row = rateRow(METRICS.indexOf(metric), nowCurves.value, isBaseline.value ? null : baseCurves.value, days)
  const point = lastPoint(row.now, day.value)
  const format = (value: number) => formatValue(value, metric.unit)
  const lines = linesOf(row, null)
  const picture = () => document.querySelector<SVGSVGElement>('dialog .large svg')
  const table = () =>
    [
      ['day', 'value', 'low', 'high', 'baseline', 'difference', 'difference low', 'difference high'],
      row.now.map((one, i) => {
        const difference = row.difference?.[i]
        return [
          i + 1,
          one.value,
          one.interval?.[0] ?? Number.NaN,
          one.interval?.[1] ?? Number.NaN,
          row.base?.[i]?.value ?? Number.NaN,
          difference?.value ?? Number.NaN,
          difference?.interval?.[0] ?? Number.NaN,
          difference?.interval?.[1] ?? Number.NaN,
        ]
      }),
    ] as const
  return (
    <Dialog title={metric.name.replace(/^./, (first) => first.toUpperCase())} onClose={() => openMetric(null)} wide>
      <p class="definition">{metric.definition}.</p>
      <dl class="facts">
        <div>
          <dt>Now</dt>
          <dd>
            {format(point?.value ?? Number.NaN)} <small>{formatInterval(point?.interval ?? null, metric.unit)}</small>
          </dd>
        </div>
        <div>
          <dt>Band</dt>
          <dd>
            {formatBand(metric.low, metric.high, metric.unit)} <small>{metric.source}</small>
          </dd>
        </div>
        <div>
          <dt>Observed</dt>
          <dd>
            {point ? Math.round(point.n).toLocaleString('en-US') : '–'} {metric.of}{' '}
            <small>{point?.seeds ?? 0} seeds</small>
          </dd>
        </div>
        {row.difference && (
          <div>
            <dt>Against the baseline</dt>
            <dd>
              <Difference point={lastPoint(row.difference, day.value)} metric={metric} />
            </dd>
          </div>
        )}
      </dl>
      <div class="large">
        <Series
          name={metric.name}
          places={dayNames(days)}
          lines={lines}
          target={[metric.low, metric.high]}
          format={format}
          height={280}
          axes
        />
      </div>
      {row.difference && (
        <>
          <h3>Difference to the baseline, the same random numbers in both</h3>
          <Series
            name={`${metric.name}, difference to the baseline`}
            places={dayNames(days)}
            lines={[
              {
                label: 'difference',
                tone: 'difference',
                values: row.difference.map((one) => one.value),
                band: row.difference.map((one) => one.interval),
              },
            ]}
            format={(value) => formatValue(value, metric.unit, true)}
            height={150}
            axes
            zero
          />
        </>
      )}
      <p class="row">
        <button type="button" onClick={() => saveText(csvOf(table()[0], table()[1]), `${metric.id}.csv`, 'text/csv')}>
          Save CSV
        </button>
        <button type="button" onClick={() => picture() && saveSvg(picture()!, metric.id)}>
          Save SVG
        </button>
        <button type="button" onClick={() => picture() && void savePng(picture()!, metric.id)}>
          Save PNG
        </button>
      </p>
      <details>
        <summary>Numbers</summary>
        <SeriesTable name={metric.name} places={dayNames(days)} lines={lines} format={format} />
      </details>
    </Dialog>
  )
}
