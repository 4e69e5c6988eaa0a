import { relative } from 'node:path'
import type { Reporter, TestModule } from 'vitest/node'

/** Says at the end which ten files took longest, with what they imported: where the suite's minutes go. */
export default class SlowestFiles implements Reporter {
  onTestRunEnd(files: readonly TestModule[]): void {
    const seconds = files.map((file) => {
      const { collectDuration, setupDuration, duration } = file.diagnostic()
      return { name: relative(process.cwd(), file.moduleId), took: (collectDuration + setupDuration + duration) / 1000 }
    })
    const slowest = seconds.sort((a, b) => b.took - a.took).slice(0, 10)
    console.log(`the slowest of ${files.length} files, seconds:`)
    for (const { name, took } of slowest) console.log(`${took.toFixed(1).padStart(7)}  ${name}`)
  }
}
