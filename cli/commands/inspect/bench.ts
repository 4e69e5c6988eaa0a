import type { CAC } from 'cac'
import { drive, type Flags } from '../../options/flags.ts'
import { printTable } from '../../reports/table.ts'

export function registerBench(cli: CAC): void {
  const command = cli.command('bench', 'Measure this machine: the full model, nothing written')
  command.option('--json', 'Print one JSON object on stdout, and nothing else there')
  command.example('  $ mingle bench')
  command.action(bench)
}

async function bench(flags: Flags): Promise<number> {
  const { json } = drive(flags)
  const { benchmarkCases, machine, runBenchmark } = await import('../../../run/index.ts')
  const here = machine()
  const figures = []
  for (const given of benchmarkCases()) {
    process.stderr.write(
      `${given.people} people, ${given.warmUp} days to warm up, ${given.days} timed, ${given.workers} worker(s) …\n`,
    )
    figures.push(await runBenchmark(given))
  }
  if (json) {
    console.log(JSON.stringify({ machine: here, figures }))
    return 0
  }
  console.log(`${here.cpu}, ${here.cores} cores, ${here.memoryGb} GB, Node ${here.node}, ${here.platform}`)
  console.log('')
  printTable(
    ['people', 'days', 'workers', 'facts', 'seconds', 'CPU s', 'facts/s', 'CPU ns/fact', 'digest'],
    figures.map((figure) => [
      figure.people,
      figure.days,
      figure.workers,
      figure.facts,
      figure.seconds.toFixed(2),
      figure.cpuSeconds.toFixed(2),
      figure.factsPerSecond,
      Math.round((figure.cpuSeconds / figure.facts) * 1e9),
      figure.digest,
    ]),
  )
  return 0
}
