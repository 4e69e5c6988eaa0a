import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { Explanation, Term } from '../../../../sim/index.ts'
import { plain } from '../../charts/format.ts'
import { ask } from '../../engine/world.ts'
import { momentOfEvent } from '../../model/moment.ts'
import { day } from '../../model/store.ts'
import { Dialog } from '../../parts/Dialog.tsx'

export interface Question {
  readonly question: 'like' | 'match' | 'reply'
  readonly a: number
  readonly b: number
  /** Which message of the thread, from 1, is answered; absent: the last. */
  readonly message?: number
  readonly title: string
}

const asked = signal<Question | null>(null)

/** Asks why: the answer comes in a dialog. */
export function askWhy(question: Question): void {
  asked.value = question
}

/** A button that asks why. */
export function WhyButton(question: Question) {
  return (
    <button
      type="button"
      class="why"
      aria-label={`Why? ${question.title}`}
      onClick={(event) => {
        event.stopPropagation()
        askWhy(question)
      }}
    >
      why?
    </button>
  )
}

/** The answer to the question that was asked last. */
export function WhyDialog() {
  const question = asked.value
  const [answer, setAnswer] = useState<Explanation | Error | null>(null)
  useEffect(() => {
    if (!question) return
    setAnswer(null)
    let over = false
    const { question: kind, a, b, message } = question
    const until = momentOfEvent.value === null ? day.value : day.value + 1
    ask('explain', { question: kind, a, b, ...(message !== undefined && { message }), day: until })
      .then((found) => !over && setAnswer(found))
      .catch((error: Error) => !over && setAnswer(error))
    return () => {
      over = true
    }
  }, [question])
  if (!question) return null
  return (
    <Dialog title={question.title} onClose={() => (asked.value = null)}>
      {answer === null && (
        <p class="empty" role="status">
          Living through their days again …
        </p>
      )}
      {answer instanceof Error && (
        <p class="problem" role="alert">
          {answer.message}
        </p>
      )}
      {answer && !(answer instanceof Error) && <Answer explanation={answer} />}
    </Dialog>
  )
}

function Answer({ explanation }: { explanation: Explanation }) {
  const { summary, terms, probability, draw, wouldChange, at, outcome, link } = explanation
  const settling = explanation.details.settling as { a: number; b: number; outcome: string } | undefined
  const possible = wouldChange.filter(({ possible }) => possible)
  return (
    <div class="answer" data-outcome={outcome}>
      {at && (
        <p class="empty-line">
          decided at {at.time.replace('T', ' ').slice(0, 19)} UTC, day {at.day + 1}
        </p>
      )}
      {summary.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {probability !== null && (
        <Draw
          probability={probability}
          draw={draw}
          isDecided={(settling?.outcome ?? outcome) !== 'NONE'}
          whose={settling ? `${settling.a} on ${settling.b}: ` : ''}
        />
      )}
      {terms.length > 0 && (
        <>
          <h3>What the probability is made of</h3>
          <div class="scroll tall" tabIndex={0} role="region" aria-label="Table: terms">
            <table>
              <thead>
                <tr>
                  <th scope="col">term</th>
                  <th scope="col">effect</th>
                  <th scope="col" class="left">
                    from
                  </th>
                  <th scope="col">{link === 'logistic' ? 'log-odds so far' : 'so far'}</th>
                </tr>
              </thead>
              <tbody>
                {running(terms).map(({ term, total }) => (
                  <tr key={term.name}>
                    <th scope="row">{term.name}</th>
                    <td>
                      <Effect term={term} />
                    </td>
                    <td class="left">
                      <small>
                        {Object.entries(term.inputs)
                          .map(([name, value]) => `${name} ${typeof value === 'number' ? plain(value) : value}`)
                          .join(', ')}
                      </small>
                    </td>
                    <td>{plain(total)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
      {possible.length > 0 && (
        <>
          <h3>What would have changed it</h3>
          <ul class="changes">
            {possible.slice(0, 6).map(({ term, from, to }) => (
              <li key={term}>
                <b>{term}</b> {plain(from)} → {to > from ? 'above' : 'below'} {plain(to)}
              </li>
            ))}
          </ul>
        </>
      )}
      {wouldChange.length > 0 && possible.length === 0 && (
        <p class="empty-line">No single term could have changed it, within what it can be for anybody.</p>
      )}
    </div>
  )
}

/** @param isDecided whether it was drawn, or would be drawn if it came to it now @param whose of a match: who decided on whom */
function Draw({
  probability,
  draw,
  isDecided,
  whose,
}: {
  probability: number
  draw: number | null
  isDecided: boolean
  whose: string
}) {
  const [yes, no] = isDecided ? ['it came true', 'it did not'] : ['it would come true', 'it would not']
  const came = draw !== null && draw < probability ? yes : no
  return (
    <div
      class="draw"
      role="img"
      aria-label={`${whose}Probability ${plain(probability)}${draw === null ? '' : `, draw ${plain(draw)}: ${came}`}`}
    >
      <div class="draw-bar">
        <span style={{ width: `${Math.min(1, probability) * 100}%` }} />
        {draw !== null && <i style={{ left: `${draw * 100}%` }} />}
      </div>
      <p>
        <span>
          {whose}chance {(probability * 100).toFixed(1)}%
        </span>
        {draw !== null && (
          <span>
            draw {(draw * 100).toFixed(1)}% → {came}
          </span>
        )}
      </p>
    </div>
  )
}

const SIGNS = { plus: '+', times: '×', over: '÷', 'at most': '≤' } as const

function Effect({ term }: { term: Term }) {
  const raises =
    term.effect === 'plus'
      ? term.value > 0
      : term.effect === 'times'
        ? term.value > 1
        : term.effect === 'over'
          ? term.value < 1
          : null
  const same = term.effect === 'plus' ? term.value === 0 : term.effect === 'at most' || term.value === 1
  return (
    <span class={same ? 'same-term' : raises ? 'raises' : 'lowers'}>
      {SIGNS[term.effect]} {plain(term.value)}
    </span>
  )
}

function running(terms: readonly Term[]): { term: Term; total: number }[] {
  let total = 0
  return terms.map((term) => {
    const { effect, value } = term
    if (effect === 'plus') total += value
    else if (effect === 'times') total *= value
    else if (effect === 'over') total /= value
    else total = Math.min(total, value)
    return { term, total }
  })
}
