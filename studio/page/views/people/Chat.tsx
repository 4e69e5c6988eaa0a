import { lookAt, openPerson } from '../../model/store.ts'
import type { Thread } from '../../worker/world/protocol.ts'
import { WhyButton } from './Why.tsx'
import { span, when } from './when.ts'

const DAY_MS = 86_400_000

/** A conversation as a chat; between two messages stands how long the answer took. */
export function Chat({ thread, own, end }: { thread: Thread; own: number; end: number }) {
  const { messages } = thread
  const last = messages.at(-1)
  return (
    <div class="chat">
      <p class="chat-note">
        matched on {when(thread.at)}{' '}
        <WhyButton question="match" a={own} b={thread.other} title={`Why did they match?`} /> ·{' '}
        <button type="button" class="link" onClick={() => openPerson(thread.other)}>
          open {thread.otherName}
        </button>
      </p>
      <ol>
        {messages.map((message, i) => {
          const before = i === 0 ? thread.at : messages[i - 1]!.at
          const answers = i > 0 && messages[i - 1]!.from !== message.from
          const name = message.from === own ? 'this person' : thread.otherName
          return (
            <li key={message.at} class={message.from === own ? 'own' : 'theirs'}>
              <div class="bubble">{message.text}</div>
              <small>
                {when(message.at)} ·{' '}
                {i === 0
                  ? `${span(message.at - before)} after the match`
                  : answers
                    ? `answered after ${span(message.at - before)}`
                    : `${span(message.at - before)} later`}{' '}
                {answers && (
                  <WhyButton
                    question="reply"
                    a={message.from}
                    b={message.from === own ? thread.other : own}
                    message={i}
                    title={`Why did ${name} answer?`}
                  />
                )}
              </small>
            </li>
          )
        })}
      </ol>
      {last ? (
        end * DAY_MS - last.at > DAY_MS && (
          <p class="chat-note">
            Silence since: {span(end * DAY_MS - last.at)} until this day’s end.{' '}
            <WhyButton
              question="reply"
              a={last.from === own ? thread.other : own}
              b={last.from}
              title={`Why did ${last.from === own ? thread.otherName : 'this person'} not answer?`}
            />
          </p>
        )
      ) : (
        <p class="chat-note">Nobody has written in {span(end * DAY_MS - thread.at)}.</p>
      )}
      <button type="button" class="link" onClick={() => lookAt(Math.floor(thread.at / DAY_MS) + 1)}>
        Go to the day of the match
      </button>
    </div>
  )
}
