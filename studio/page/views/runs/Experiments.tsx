import { useEffect, useState } from 'preact/hooks'
import type { ExperimentReport } from '../../../messages/index.ts'
import { askServer } from '../../live/server.ts'
import { ExperimentCharts } from './ExperimentCharts.tsx'
import { isMeasures, MeasureTable } from './MeasureTable.tsx'

interface Listed {
  readonly name: string
  readonly kind: string
  readonly title: string
  readonly finished: boolean
}

/** Results of experiments: sweeps as lines and heat maps, sensitivities as bars, each with its interval. */
export function Experiments({ folder }: { folder: string }) {
  const [list, setList] = useState<readonly Listed[] | null>(null)
  const [open, setOpen] = useState<ExperimentReport | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    askServer<Listed[]>('experiments')
      .then(setList)
      .catch((error: Error) => setProblem(error.message))
  }, [])
  const show = (name: string) =>
    askServer<ExperimentReport>('experiment', { name })
      .then(setOpen)
      .catch((error: Error) => setProblem(error.message))
  return (
    <section class="experiments" aria-labelledby="experiments-title">
      <h3 id="experiments-title">Experiments in {folder}</h3>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {list?.length === 0 && (
        <p class="empty">
          No experiment lies here; <code>mingle sweep</code>, <code>mingle sensitivity</code> and{' '}
          <code>mingle tune</code> write one with <code>--out</code>.
        </p>
      )}
      <ul class="presets">
        {list?.map(({ name, kind, title, finished }) => (
          <li key={name}>
            <div>
              <b>{name}</b>{' '}
              <small>
                {kind}
                {finished ? '' : ', unfinished'}
              </small>
              <p>
                <code>{title}</code>
              </p>
            </div>
            <button
              type="button"
              aria-pressed={open?.name === name}
              aria-label={`Open ${name}`}
              onClick={() => void show(name)}
            >
              Open
            </button>
          </li>
        ))}
      </ul>
      {open && <Opened experiment={open} key={open.name} />}
    </section>
  )
}

function Opened({ experiment }: { experiment: ExperimentReport }) {
  const { manifest, result, rows, left } = experiment
  const { measures } = manifest
  const [key, setKey] = useState(() => measures.find(({ low }) => low !== null)?.key ?? measures[0]?.key ?? '')
  const measure = measures.find((one) => one.key === key)
  return (
    <div class="experiment">
      <div class="row between">
        {isMeasures(result) ? (
          <span>All measures</span>
        ) : (
          <label class="inline">
            measure{' '}
            <select value={key} onChange={(event) => setKey(event.currentTarget.value)}>
              {measures.map((one) => (
                <option key={one.key} value={one.key}>
                  {one.name}
                </option>
              ))}
            </select>
          </label>
        )}
        <small>
          {rows.length} runs{left > 0 && `, ${left} more in the file`}
          {!manifest.finished && ', unfinished'}
        </small>
      </div>
      {isMeasures(result) ? (
        <MeasureTable result={result} measures={measures} />
      ) : (
        measure && <ExperimentCharts experiment={experiment} measure={measure} />
      )}
      <pre class="command" tabIndex={0} role="region" aria-label="Command line">
        {manifest.command}
      </pre>
    </div>
  )
}
