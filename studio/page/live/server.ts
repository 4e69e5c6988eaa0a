import { signal } from '@preact/signals'
import type { About } from '../../messages/index.ts'

export const about = signal<About | null>(null)
/** Why the server could not be asked, in words. */
export const serverTrouble = signal<string | null>(null)

const STORED = 'mingle-token'

/** Takes the token out of the first address, where it would be seen, kept in histories and sent along. */
export function takeToken(): void {
  const query = new URLSearchParams(location.search)
  const token = query.get('token')
  if (token === null) return
  sessionStorage.setItem(STORED, token)
  history.replaceState(null, '', location.pathname + location.hash)
}

const headers = (): HeadersInit => ({ authorization: `Bearer ${sessionStorage.getItem(STORED) ?? ''}` })

/** @throws Error with the server's own words */
export async function askServer<T>(name: string, query: Readonly<Record<string, string>> = {}): Promise<T> {
  let response: Response
  try {
    response = await fetch(`api/${name}?${new URLSearchParams(query)}`, { headers: headers() })
  } catch {
    throw new Error(
      'The server that sent this page does not answer any more. What is open goes on working; start mingle studio again for the rest.',
    )
  }
  const body = (await response.json()) as T & { error?: string }
  if (!response.ok) throw new Error(body.error ?? `The server answered ${response.status}.`)
  return body
}

/** What a server that cannot be asked has to show. */
const NOTHING: About = { database: null, watching: false, experiments: null }

export async function meetServer(): Promise<void> {
  if (!sessionStorage.getItem(STORED)) {
    about.value = NOTHING
    serverTrouble.value =
      'This address has no token, so nothing of a database is shown: open the address that the command printed.'
    return
  }
  try {
    about.value = await askServer<About>('about')
  } catch (error) {
    about.value = NOTHING
    serverTrouble.value = (error as Error).message
  }
}

/** Follows a stream of events until it ends or `signal` says so; connects again when it breaks off. */
export async function followServer(
  name: string,
  take: (event: string, data: unknown) => void,
  signal: AbortSignal,
  onState: (connected: boolean) => void,
): Promise<void> {
  let ended = false
  while (!signal.aborted && !ended) {
    try {
      const response = await fetch(`api/${name}`, { headers: headers(), signal })
      if (!response.ok || !response.body) return
      onState(true)
      let rest = ''
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
      for (;;) {
        const { done, value } = await reader.read()
        if (done) break
        const parts = (rest + value).split('\n\n')
        rest = parts.pop()!
        for (const part of parts) {
          const event = /^event: (.+)$/m.exec(part)?.[1]
          const data = /^data: (.+)$/m.exec(part)?.[1]
          if (!event || !data) continue
          take(event, JSON.parse(data))
          // The last word: whoever closes the connection after it need not be called again.
          if (event === 'end') ended = true
        }
      }
    } catch {
      if (signal.aborted) return
    }
    if (ended) return
    onState(false)
    await new Promise((resolve) => setTimeout(resolve, 1500))
  }
}
