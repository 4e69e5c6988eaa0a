import { signal } from '@preact/signals'
import { ENGINE_VERSION, MARKET_LEVELS, METRICS } from '../../../sim/index.ts'
import { csvOf, saveText } from '../charts/export.ts'
import { nowCurves, seedsOf } from '../engine/rates.ts'
import { commandLines } from '../model/commands.ts'
import { change, currentLink, replications, scenario } from '../model/store.ts'
import { Dialog } from '../parts/Dialog.tsx'

const isOpen = signal(false)
const copied = signal('')

export function showRun(): void {
  copied.value = ''
  isOpen.value = true
}

async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    copied.value = `${what} copied.`
  } catch {
    copied.value = 'The browser did not allow copying; select the text instead.'
  }
}

/** The rates of every seed and day, as rows. */
function ratesTable(): (string | number)[][] {
  const seeds = seedsOf(scenario.value.seed, replications.value)
  return nowCurves.value.flatMap((curve, s) =>
    Array.from({ length: curve.filled }, (_, day) =>
      METRICS.map((metric, i) => [
        seeds[s]!,
        day + 1,
        metric.id,
        metric.name,
        curve.value(day, i),
        curve.low(day, i),
        curve.high(day, i),
        curve.n(day, i),
      ]),
    ).flat(),
  )
}

const COLUMNS = ['seed', 'day', 'metric', 'name', 'value', 'low', 'high', 'n']

export function RunDialog() {
  if (!isOpen.value) return null
  const run = scenario.value
  const curve = nowCurves.value[0]!
  const { commands, note } = commandLines(run)
  const name = `mingle-${run.seed.replaceAll(/[^\w-]+/g, '_')}`
  return (
    <Dialog title="This run" onClose={() => (isOpen.value = false)}>
      <p>
        The page simulates with the very same code as the command line. The same seed, configuration and engine give the
        same digest.
      </p>
      <dl class="facts">
        <div>
          <dt>Run digest</dt>
          <dd>
            <code data-digest>{curve.digest ?? `day ${curve.filled} of ${curve.days} …`}</code>
          </dd>
        </div>
        <div>
          <dt>Engine version</dt>
          <dd>{ENGINE_VERSION}</dd>
        </div>
        <div>
          <dt>Simulated in</dt>
          <dd>{curve.complete ? `${Math.round(curve.ms).toLocaleString('en-US')} ms` : '–'}</dd>
        </div>
      </dl>
      <div class="row fields">
        <label class="field">
          <span>first day</span>
          <input
            type="date"
            value={run.startDate}
            min="1990-01-01"
            onChange={(event) => event.currentTarget.value && change({ startDate: event.currentTarget.value })}
          />
        </label>
        <label class="field">
          <span>places</span>
          <select value={run.places} onChange={(event) => change({ places: event.currentTarget.value })}>
            <option value="us">United States</option>
            <option value="world">world</option>
          </select>
        </label>
        <label class="field">
          <span>market</span>
          <select value={run.market} onChange={(event) => change({ market: event.currentTarget.value })}>
            <option value="">by size</option>
            {MARKET_LEVELS.map((level) => (
              <option key={level} value={level}>
                {level}
              </option>
            ))}
          </select>
        </label>
      </div>
      <h3>The same run, into a database</h3>
      <pre class="command" tabIndex={0} role="region" aria-label="Command line">
        {commands.join('\n')}
      </pre>
      {note && <p>{note}</p>}
      <p class="row">
        <button type="button" onClick={() => void copy(commands.join('\n'), 'The command')}>
          Copy the command
        </button>
        <button
          type="button"
          onClick={() => void copy(`${location.origin}${location.pathname}${currentLink.value}`, 'The link')}
        >
          Copy the link
        </button>
      </p>
      <h3>Export</h3>
      <p class="row">
        <button type="button" onClick={() => saveText(csvOf(COLUMNS, ratesTable()), `${name}-rates.csv`, 'text/csv')}>
          Rates as CSV
        </button>
        <button
          type="button"
          onClick={() =>
            saveText(
              `${JSON.stringify({ run, digest: curve.digest, engineVersion: ENGINE_VERSION, commands, rates: ratesTable().map((row) => Object.fromEntries(COLUMNS.map((column, i) => [column, Number.isNaN(row[i]) ? null : row[i]]))) }, null, 1)}\n`,
              `${name}.json`,
              'application/json',
            )
          }
        >
          Everything as JSON
        </button>
      </p>
      <p role="status">{copied.value}</p>
    </Dialog>
  )
}
