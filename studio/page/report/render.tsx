import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { ExperimentReport, RunReport } from '../../messages/index.ts'
import { Savable } from '../charts/Figure.tsx'
import charts from '../style/charts.css?inline'
import experiments from '../style/experiments.css?inline'
import rates from '../style/rates.css?inline'
import paper from '../style/report.css?inline'
import { ExperimentPages } from './ExperimentPages.tsx'
import { RunPages } from './RunPages.tsx'

function page(title: string, pages: VNode): string {
  // A button would do nothing in a file without a script.
  const body = renderToString(<Savable.Provider value={false}>{pages}</Savable.Provider>)
  const escaped = title.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  // No script at all: nothing in the file can run, whoever it is sent to.
  const policy = "default-src 'none'; style-src 'unsafe-inline'"
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escaped}</title>
<style>${paper}${charts}${rates}${experiments}</style>
</head>
<body>${body}</body>
</html>
`
}

/** A run's report: one HTML file that needs nothing else. */
export function renderRun(report: RunReport): string {
  return page(`Mingle: ${report.seed}`, <RunPages report={report} />)
}

/** An experiment's report. */
export function renderExperiment(report: ExperimentReport): string {
  return page(`Mingle: ${report.name}`, <ExperimentPages report={report} />)
}
