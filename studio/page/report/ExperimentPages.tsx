import type { ExperimentReport } from '../../messages/index.ts'
import { ExperimentCharts, hasMeasured } from '../views/runs/ExperimentCharts.tsx'
import { isMeasures, MeasureTable } from '../views/runs/MeasureTable.tsx'

export function ExperimentPages({ report }: { report: ExperimentReport }) {
  const { name, manifest, rows, left } = report
  const shown = manifest.measures.filter(({ status }) => status === 'mandated' || status === 'banded')
  const told = shown.filter((measure) => hasMeasured(report, measure))
  return (
    <main>
      <header class="report-head">
        <p class="kind">Mingle · report of an experiment ({manifest.kind})</p>
        <h1>{name}</h1>
        <p class="lead">
          {rows.length + left} runs with engine {manifest.engine}
          {manifest.finished ? '' : ', unfinished'}
          {manifest.paths.length > 0 && manifest.paths.length < 6 && `, over ${manifest.paths.join(' and ')}`}
        </p>
      </header>
      <section>
        <h3>The same experiment again</h3>
        <pre class="command">{manifest.command}</pre>
      </section>
      <section>
        <h2>Results</h2>
        {isMeasures(report.result) ? (
          <MeasureTable result={report.result} measures={manifest.measures} />
        ) : (
          <>
            <div class="figures wide">
              {told.map((measure) => (
                <ExperimentCharts key={measure.key} experiment={report} measure={measure} />
              ))}
            </div>
            {told.length < shown.length && (
              <p class="note">
                Nothing is known of{' '}
                {shown
                  .filter((measure) => !told.includes(measure))
                  .map(({ name }) => name)
                  .join(', ')}
                : too few people or days.
              </p>
            )}
          </>
        )}
      </section>
      <section>
        <details>
          <summary>The setting</summary>
          <pre class="command">{JSON.stringify(manifest.setting, null, 2)}</pre>
        </details>
      </section>
    </main>
  )
}
