import { closeRun, comparison, opened, openRun } from '../model/opened.ts'

const WORDS = {
  same: ['✓', 'its digest is the ledger’s'],
  differs: ['✕', 'its digest is not the ledger’s: the database was written by another engine or configuration'],
  running: ['…', 'lived again, to compare its digest with the ledger’s'],
  changed: ['△', 'changed since: what is shown is no longer that run'],
} as const

/** Says which run of a database is open, and whether what the page simulates is that run. */
export function OpenedBar() {
  const run = opened.value
  const standing = comparison.value
  if (!run || !standing) return null
  const [mark, words] = WORDS[standing]
  return (
    <div class={`opened ${standing}`} role="status" data-comparison={standing}>
      <span>
        <b aria-hidden="true">{mark}</b> Run <b>{run.seed}</b> of {run.database}: {words}.
      </span>
      <span class="row">
        {standing === 'changed' && (
          <button type="button" onClick={() => openRun(run)}>
            Back to the run
          </button>
        )}
        <button type="button" class="quiet" aria-label="Close the run" onClick={closeRun}>
          ✕
        </button>
      </span>
    </div>
  )
}
