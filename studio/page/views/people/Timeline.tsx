import { signal } from '@preact/signals'
import { openPerson } from '../../model/store.ts'
import { useVirtual } from '../../parts/virtual.ts'
import type { Line, PersonPage } from '../../worker/world/protocol.ts'
import { WhyButton } from './Why.tsx'
import { when } from './when.ts'

const SIGNS: Readonly<Record<Line['kind'], readonly [sign: string, words: string]>> = {
  join: ['★', 'joined'],
  session: ['◷', 'session'],
  post: ['✎', 'posted'],
  'liked-post': ['♡', 'liked a post'],
  view: ['◉', 'opened the profile of'],
  like: ['♥', 'liked'],
  dislike: ['–', 'passed'],
  'liked-by': ['♥', 'was liked by'],
  match: ['∞', 'matched with'],
  message: ['➤', 'wrote to'],
  'message-from': ['◄', 'was written by'],
}

const GROUPS = {
  all: null,
  encounters: ['like', 'liked-by', 'match', 'message', 'message-from'],
  posts: ['post', 'liked-post'],
  sessions: ['session', 'join'],
} as const
const shown = signal<keyof typeof GROUPS>('all')

/** What the person did and met with, latest first. */
export function Timeline({ page }: { page: PersonPage }) {
  const kinds = GROUPS[shown.value] as readonly Line['kind'][] | null
  const lines = kinds ? page.timeline.filter(({ kind }) => kinds.includes(kind)) : page.timeline
  const list = useVirtual(lines.length, 46)
  return (
    <section class="timeline" aria-labelledby="timeline-title">
      <div class="row between">
        <h3 id="timeline-title">
          Timeline <small>UTC</small>
        </h3>
        <div class="segmented small" role="group" aria-label="Which events">
          {(Object.keys(GROUPS) as (keyof typeof GROUPS)[]).map((name) => (
            <button type="button" key={name} aria-pressed={shown.value === name} onClick={() => (shown.value = name)}>
              {name}
            </button>
          ))}
        </div>
      </div>
      <div class="lines" ref={list.scroller} tabIndex={0} role="region" aria-label="Timeline, latest first">
        {lines.length === 0 && <p class="empty">Nothing until this day.</p>}
        <div style={{ height: `${list.total}px` }}>
          {list.rows.map(({ index, start }) => {
            const line = lines[index]
            if (!line) return null
            const [sign, words] = SIGNS[line.kind]
            return (
              <div key={index} class={`event ${line.kind}`} style={{ transform: `translateY(${start}px)` }}>
                <span class="sign" aria-hidden="true">
                  {sign}
                </span>
                <div class="event-text">
                  <span>
                    {words}{' '}
                    {line.other > 0 && (
                      <button type="button" class="link" onClick={() => openPerson(line.other)}>
                        {line.otherName}
                      </button>
                    )}
                    {line.kind === 'session' && line.text}
                  </span>
                  {line.text && line.kind !== 'session' && <span class="quote">{line.text}</span>}
                </div>
                {line.kind === 'like' || line.kind === 'dislike' ? (
                  <WhyButton
                    question="like"
                    a={page.k}
                    b={line.other}
                    title={`Why ${line.kind === 'like' ? 'a like' : 'a pass'} for ${line.otherName}?`}
                  />
                ) : line.kind === 'liked-by' ? (
                  <WhyButton
                    question="like"
                    a={line.other}
                    b={page.k}
                    title={`Why did ${line.otherName} like ${page.name}?`}
                  />
                ) : line.kind === 'match' ? (
                  <WhyButton
                    question="match"
                    a={page.k}
                    b={line.other}
                    title={`Why did ${page.name} and ${line.otherName} match?`}
                  />
                ) : (
                  <span />
                )}
                <time>{when(line.at)}</time>
              </div>
            )
          })}
        </div>
      </div>
      {page.cut > 0 && <p class="empty-line">{page.cut} earlier lines are not shown.</p>}
    </section>
  )
}
