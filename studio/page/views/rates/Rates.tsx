import { computed, signal } from '@preact/signals'
import { METRICS, type Metric } from '../../../../sim/index.ts'
import { isBaseline, mainCurve } from '../../engine/rates.ts'
import { metric as openMetricId, replications } from '../../model/store.ts'
import { MetricDialog } from './MetricDialog.tsx'
import { RateCard } from './RateCard.tsx'
import { useRehearsal } from './rehearsal.tsx'
import { movedMetrics, verdicts, verdictsBefore } from './verdicts.ts'

const GROUPS = [
  { title: 'What must hold', text: 'bands from the plan', fits: (metric: Metric) => metric.status === 'mandated' },
  {
    title: 'What real sites show',
    text: 'bands from the literature',
    fits: (metric: Metric) => metric.status === 'banded',
  },
  {
    title: 'Reported',
    text: 'beside them, never failing a run',
    fits: (metric: Metric) => metric.status === 'reported' && !metric.id.startsWith('t.'),
  },
  {
    title: 'What traits do',
    text: 'correlations within genders',
    fits: (metric: Metric) => metric.id.startsWith('t.'),
  },
] as const

const SHOWN = ['all', 'failing', 'moved'] as const
const shown = signal<(typeof SHOWN)[number]>('all')
const failure = computed(() => mainCurve.value.failure)

/** Metrics that are shown, by id: equal texts draw nothing again. */
const chosen = computed(() =>
  METRICS.filter(({ id }) => isShown(id))
    .map(({ id }) => id)
    .join(' '),
)

function isShown(id: string): boolean {
  if (shown.value === 'failing') return verdictsBefore.value?.get(id) === 'fail'
  return shown.value === 'all' || movedMetrics.value.has(id)
}

export function Rates() {
  useRehearsal()
  const ids = new Set(chosen.value.split(' '))
  return (
    <div class="view rates-view">
      <header class="view-head">
        <div>
          <h2>Rates</h2>
          <p>
            Each over all days so far, with its band (shaded), its 95% interval, and the pinned baseline behind it
            (dashed).
          </p>
        </div>
        <div class="row tools">
          <Standing />
          <div class="segmented" role="group" aria-label="Which rates">
            {SHOWN.map((one) => (
              <button type="button" key={one} aria-pressed={shown.value === one} onClick={() => (shown.value = one)}>
                {one}
              </button>
            ))}
          </div>
          <label class="inline">
            seeds
            <select
              value={replications.value}
              onChange={(event) => (replications.value = Number(event.currentTarget.value))}
            >
              {[1, 2, 4, 8, 16, 32].map((count) => (
                <option key={count} value={count}>
                  {count}
                </option>
              ))}
            </select>
          </label>
        </div>
      </header>
      {failure.value && (
        <p class="problem" role="alert">
          {failure.value}
        </p>
      )}
      {GROUPS.map(({ title, text, fits }) => {
        const members = METRICS.filter((metric) => fits(metric) && ids.has(metric.id))
        return (
          members.length > 0 && (
            <section key={title} class="rate-group">
              <h3 class="group-title">
                {title} <small>{text}</small>
              </h3>
              <div class="grid">
                {members.map((metric) => (
                  <RateCard key={metric.id} metric={metric} />
                ))}
              </div>
            </section>
          )
        )
      })}
      {chosen.value === '' && <Nothing />}
      {openMetricId.value !== null && <MetricDialog id={openMetricId.value} />}
    </div>
  )
}

/** How many rates lie in their bands. It changes with every run, and nothing around it does. */
function Standing() {
  const known = verdicts.value
  const counts = { pass: 0, fail: 0, 'not asserted': 0 }
  if (known) for (const verdict of known.values()) counts[verdict]++
  return (
    <p class="tally" role="status">
      <span class="verdict pass" aria-hidden="true">
        ✓
      </span>{' '}
      {known ? counts.pass : '–'} in band{' '}
      <span class="verdict fail" aria-hidden="true">
        ✕
      </span>{' '}
      {known ? counts.fail : '–'} out{' '}
      <span class="verdict not-asserted" aria-hidden="true">
        ○
      </span>{' '}
      {known ? counts['not asserted'] : '–'} not asserted
    </p>
  )
}

/** Why no rate is shown. */
function Nothing() {
  return (
    <p class="empty">
      {shown.value === 'failing'
        ? verdictsBefore.value
          ? 'Nothing fails: every asserted rate lies in its band.'
          : 'Whether a rate fails is known once the run is complete.'
        : isBaseline.value
          ? 'This is the baseline itself: move a parameter, and what it moves stands here.'
          : replications.value === 1
            ? 'With one seed no difference has an interval: take more seeds to see what is moved.'
            : 'No difference to the baseline can be told from 0 yet.'}
    </p>
  )
}
