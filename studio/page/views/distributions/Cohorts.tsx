import { Figure } from '../../charts/Figure.tsx'
import type { Cohorts } from '../../worker/world/protocol.ts'

const percent = (value: number) => (Number.isNaN(value) ? '' : `${Math.round(value * 100)}%`)

/** Who comes back: a table that is its own picture. */
export function CohortTable({ cohorts, base }: { cohorts: Cohorts; base: Cohorts | null }) {
  const before = new Map(base?.rows.map(({ name, share }) => [name, share]))
  const weeks = cohorts.rows[0]?.share.length ?? 0
  return (
    <Figure
      title="Who comes back"
      note={`Share of a cohort with a session in each week of the run${base ? '; small, the baseline’s' : ''}.`}
      actions={false}
    >
      <div class="scroll cohorts" tabIndex={0} role="region" aria-label="Table: who comes back">
        <table>
          <thead>
            <tr>
              <th scope="col">cohort</th>
              <th scope="col">people</th>
              {Array.from({ length: weeks }, (_, week) => (
                <th scope="col" key={`week ${week + 1}`}>
                  week {week + 1}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cohorts.rows.map(({ name, people, share }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{people}</td>
                {share.map((value, week) => (
                  <td
                    key={`week ${week + 1}`}
                    class="heat"
                    style={{ '--heat': `${Number.isNaN(value) ? 0 : Math.round(value * 100)}%` }}
                  >
                    {percent(value)}
                    {before.has(name) && !Number.isNaN(value) && (
                      <small>
                        <span class="spoken">, baseline </span> {percent(before.get(name)![week] ?? Number.NaN)}
                      </small>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Figure>
  )
}
