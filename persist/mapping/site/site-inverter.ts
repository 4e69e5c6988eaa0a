import type { PlannedTarget } from '../plan/plan.ts'
import { type Inverse, Inverter } from '../read/invert/inverse.ts'
import { quoted } from '../sql/sql.ts'

/** Tells answers, too, in the site's own words: whoever stages them spells them anew. */
export class SiteInverter extends Inverter {
  override columns(target: PlannedTarget): Map<string, Inverse> {
    const found = super.columns(target)
    for (const { producer, field } of target.all) {
      if (producer.from !== 'answers' || !(field.column in target.full.columns)) continue
      found.set('answers', { sql: () => `s.${quoted(field.column)}`, exact: false })
    }
    return found
  }
}
