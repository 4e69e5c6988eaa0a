import { useEffect, useState } from 'preact/hooks'
import type { OpenedRun, RunLine } from '../../../messages/index.ts'
import { grouped } from '../../charts/format.ts'
import { about, askServer, serverTrouble } from '../../live/server.ts'
import { opened, openRun } from '../../model/opened.ts'
import { Experiments } from './Experiments.tsx'
import { Watch } from './Watch.tsx'

export function RunsView() {
  const server = about.value
  const [problem, setProblem] = useState<string | null>(null)
  const open = async (seed: string) => {
    try {
      setProblem(null)
      openRun(await askServer<OpenedRun>('run', { seed }))
    } catch (error) {
      setProblem((error as Error).message)
    }
  }
  return (
    <div class="view runs-view">
      <header class="view-head">
        <div>
          <h2>Runs</h2>
          <p>
            Real runs: one that is being written, those of a database, and the results of experiments. The page reads;
            it never writes.
          </p>
        </div>
      </header>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      {serverTrouble.value && (
        <p class="problem" role="alert">
          {serverTrouble.value}
        </p>
      )}
      {server?.watching && <Watch onOpen={open} />}
      {server?.database && <Database url={server.database} onOpen={open} />}
      {server?.experiments && <Experiments folder={server.experiments} />}
      {server && !server.watching && !server.database && !server.experiments && (
        <div class="empty-card">
          <h3>Nothing is open here yet</h3>
          <p>Start the studio beside something to look at:</p>
          <dl class="commands">
            <dt>the runs of a database</dt>
            <dd>
              <code>mingle studio --database-url file:./mingle.db</code>
            </dd>
            <dt>a run while it is written</dt>
            <dd>
              <code>mingle run --count 1000 --days 90 --watch</code>
            </dd>
            <dt>a run that another process writes</dt>
            <dd>
              <code>mingle watch --database-url file:./mingle.db</code>
            </dd>
            <dt>the results of experiments</dt>
            <dd>
              <code>mingle studio --experiments ./experiments</code>
            </dd>
          </dl>
        </div>
      )}
    </div>
  )
}

function Database({ url, onOpen }: { url: string; onOpen: (seed: string) => Promise<void> }) {
  const [runs, setRuns] = useState<readonly RunLine[] | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    askServer<RunLine[]>('runs')
      .then(setRuns)
      .catch((error: Error) => setProblem(error.message))
  }, [])
  if (problem)
    return (
      <p class="problem" role="alert">
        {problem}
      </p>
    )
  if (!runs)
    return (
      <p class="empty" role="status">
        Reading {url} …
      </p>
    )
  return (
    <section class="figure" aria-labelledby="database-title">
      <h3 id="database-title">Runs in {url}</h3>
      <div class="scroll tall" tabIndex={0} role="region" aria-label="Table: runs">
        <table>
          <thead>
            <tr>
              <th scope="col">seed</th>
              <th scope="col">people</th>
              <th scope="col">from</th>
              <th scope="col">days</th>
              <th scope="col">standing</th>
              <th scope="col">digest</th>
              <th scope="col">
                <span class="spoken">open</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <tr key={run.seed}>
                <th scope="row">{run.seed}</th>
                <td>{grouped(run.people)}</td>
                <td>{run.startDate}</td>
                <td>
                  {run.days}
                  {run.planned > run.days && <small> of {run.planned}</small>}
                </td>
                <td>{run.status === 'finished' ? 'complete' : 'unfinished'}</td>
                <td>
                  <code>{run.digest?.slice(0, 8) ?? '–'}</code>
                </td>
                <td>
                  <button
                    type="button"
                    disabled={!run.sameEngine || run.days === 0}
                    title={run.sameEngine ? '' : `made by engine ${run.engineVersion}`}
                    aria-label={`Open ${run.seed}`}
                    onClick={() => void onOpen(run.seed)}
                  >
                    {opened.value?.seed === run.seed ? 'Open again' : 'Open'}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {runs.length === 0 && (
          <p class="empty">
            This database holds no run yet: <code>mingle run</code> starts one.
          </p>
        )}
      </div>
    </section>
  )
}
