import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Bars } from '../../charts/Bars.tsx'
import { Figure } from '../../charts/Figure.tsx'
import { plain } from '../../charts/format.ts'
import { Series } from '../../charts/Series.tsx'
import { cell } from '../../charts/table.ts'
import { useAnswer } from '../../engine/world.ts'
import { momentOfEvent } from '../../model/moment.ts'
import { day, openPerson, scenario } from '../../model/store.ts'
import type { PersonPage } from '../../worker/world/protocol.ts'
import { Chat } from './Chat.tsx'
import { Decks } from './Decks.tsx'
import { Picture } from './Picture.tsx'
import { Standing } from './Standing.tsx'
import { Timeline } from './Timeline.tsx'
import { WhatIf } from './WhatIf.tsx'
import { WhyDialog } from './Why.tsx'
import { dateOf } from './when.ts'

const tenths = (value: number) => `${Math.round(value * 10) / 10}`

const openThread = signal<number | null>(null)

export function Person({ k }: { k: number }) {
  const { value: page, fresh, failure } = useAnswer('person', { k, day: day.value, until: momentOfEvent.value })
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus()
  }, [page?.k])
  if (failure) {
    return (
      <div>
        <p class="problem" role="alert">
          {failure}
        </p>
        <button type="button" onClick={() => openPerson(null)}>
          All people
        </button>
      </div>
    )
  }
  if (!page || page.k !== k)
    return (
      <p class="empty" role="status">
        Opening person {k} …
      </p>
    )
  const actions = page.hours.reduce((sum, count) => sum + count, 0)
  const hours = Array.from(page.hours, (now, hour) => ({ label: `${hour}`, now, base: actions * page.rhythm[hour]! }))
  return (
    <article class={`person ${fresh ? '' : 'stale'}`} aria-busy={!fresh}>
      <nav class="row" aria-label="People">
        <button type="button" class="quiet" onClick={() => openPerson(null)}>
          ← All people
        </button>
        <button type="button" class="quiet" disabled={k <= 1} onClick={() => openPerson(k - 1)}>
          Previous
        </button>
        <button type="button" class="quiet" onClick={() => openPerson(k + 1)}>
          Next
        </button>
      </nav>
      <header class="person-head">
        <div class="pictures">
          {page.pictures.length > 0 ? (
            page.pictures
              .slice(0, 4)
              .map((seed, i) => <Picture key={seed} seed={seed} name={page.name} size={i === 0 ? 112 : 52} />)
          ) : (
            <div class="no-picture">no photo</div>
          )}
        </div>
        <div class="who">
          <h2 ref={heading} tabIndex={-1}>
            {page.name}, {page.age} <small>person {page.k}</small>
          </h2>
          <p>
            {page.gender}, seeks {page.seeks.join(' and ')} · {page.intent} · {page.archetype} · {page.city}
          </p>
          {page.bio ? <blockquote>{page.bio}</blockquote> : <p class="empty-line">no bio</p>}
          <ul class="tags">
            {page.interests.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
          {page.missing.length > 0 && <p class="empty-line">without {page.missing.join(', ')}</p>}
          {page.quizzes.map(({ title, answers }) => (
            <details key={title} class="quiz">
              <summary>Quiz: {title}</summary>
              <dl>
                {answers.map(({ question, answer }) => (
                  <div key={question}>
                    <dt>{question}</dt>
                    <dd>{answer}</dd>
                  </div>
                ))}
              </dl>
            </details>
          ))}
        </div>
        <dl class="traits">
          {(['sociability', 'selectivity', 'engagement'] as const).map((trait) => (
            <div key={trait}>
              <dt>{trait}</dt>
              <dd>
                <span class="trait-bar" aria-hidden="true">
                  <span style={{ width: `${page[trait] * 100}%` }} />
                </span>
                {page[trait].toFixed(2)}
              </dd>
            </div>
          ))}
          <div>
            <dt>joined</dt>
            <dd>
              {page.joinedDay < 0 ? `${-page.joinedDay} days before the run` : `day ${page.joinedDay + 1}`}{' '}
              <small>{dateOf(scenario.value.startDate, page.joinedDay)}</small>
            </dd>
          </div>
          <div>
            <dt>rhythm, while active</dt>
            <dd>
              {plain(page.sessionsPerDay)} sessions, {plain(page.postsPerDay)} posts a day
            </dd>
          </div>
          <Standing standings={page.standings} />
        </dl>
      </header>
      <div class="person-grid">
        <Daily page={page} />
        <Figure
          title="Hours"
          note="Actions by hour of the person’s own clock; dashed, what the rhythm lets expect."
          table={{
            columns: ['hour', 'actions', 'expected'],
            rows: hours.map(({ label, now, base }) => [`${label}:00`, now, cell(base, tenths)]),
          }}
        >
          <Bars
            name={`Actions of ${page.name} by local hour`}
            axis="local hour"
            bars={hours}
            baseName="expected"
            format={tenths}
            height={160}
          />
        </Figure>
        <Decks page={page} />
      </div>
      <WhatIf page={page} />
      <div class="person-lives">
        <section aria-labelledby="threads-title">
          <h3 id="threads-title">
            Matches and conversations <small>{page.threads.length}</small>
          </h3>
          {page.threads.length === 0 && <p class="empty">No match until this day.</p>}
          <ul class="threads">
            {page.threads.map((thread) => (
              <li key={thread.match}>
                <button
                  type="button"
                  aria-expanded={openThread.value === thread.match}
                  onClick={() => (openThread.value = openThread.value === thread.match ? null : thread.match)}
                >
                  <Picture seed={thread.other * 7} name={thread.otherName} size={34} />
                  <span class="thread-name">
                    <b>{thread.otherName}</b>
                    <span>{thread.messages.at(-1)?.text ?? 'nobody has written'}</span>
                  </span>
                  <small>
                    {thread.messages.length}
                    <span class="spoken"> messages</span>
                  </small>
                </button>
                {openThread.value === thread.match && <Chat thread={thread} own={page.k} end={day.value} />}
              </li>
            ))}
          </ul>
        </section>
        <Timeline page={page} />
      </div>
      <WhyDialog />
    </article>
  )
}

const DAILY = ['sessions', 'posts', 'likes', 'liked by', 'messages'] as const
const shownDaily = signal(0)

function Daily({ page }: { page: PersonPage }) {
  const values = Array.from(page.daily[shownDaily.value] ?? [])
  const places = values.map((_, i) => `day ${i + 1}`)
  return (
    <Figure
      title="Days"
      table={{
        columns: ['day', ...DAILY],
        rows: places.map((place, i) => [place, ...page.daily.map((column) => column[i]!)]),
      }}
    >
      <div class="segmented small" role="group" aria-label="What is counted by day">
        {DAILY.map((name, i) => (
          <button type="button" key={name} aria-pressed={shownDaily.value === i} onClick={() => (shownDaily.value = i)}>
            {name}
          </button>
        ))}
      </div>
      <Series
        name={`${DAILY[shownDaily.value]} of ${page.name} by day`}
        places={places}
        lines={[{ label: DAILY[shownDaily.value]!, tone: 'now', values }]}
        format={tenths}
        height={140}
        axes
        zero
      />
    </Figure>
  )
}
