import { lookAt, openPerson } from '../../model/store.ts'
import type { Thread } from '../../worker/world/protocol.ts'
import { span, when } from './when.ts'

const DAY_MS = 86_400_000

/** A conversation as a chat; between two messages stands how long the answer took. */
export function Chat({ thread, own, end }: { thread: Thread; own: number; end: number }) {
  const { messages } = thread
  const last = messages.at(-1)
  return (
    <div class="chat">
      <p class="chat-note">
        matched on {when(thread.at)} ·{' '}
        <button type="button" class="link" onClick={() => openPerson(thread.other)}>
          open {thread.otherName}
        </button>
      </p>
      <ol>
        {messages.map((message, i) => {
          const before = i === 0 ? thread.at : messages[i - 1]!.at
          const answers = i > 0 && messages[i - 1]!.from !== message.from
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
              </small>
            </li>
          )
        })}
      </ol>
      {last ? (
        end * DAY_MS - last.at > DAY_MS && (
          <p class="chat-note">Silence since: {span(end * DAY_MS - last.at)} until this day’s end.</p>
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
