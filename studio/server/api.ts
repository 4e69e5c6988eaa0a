/** What an address of the interface answers: JSON. @throws MingleError BAD_INPUT for a wrong query */
export type ApiAnswer = (query: URLSearchParams) => unknown | Promise<unknown>

/** A stream of events: `send` until `signal` says that nobody listens any more. */
export type EventFeed = (
  send: (event: string, data: unknown) => void,
  signal: AbortSignal,
  query: URLSearchParams,
) => void

/** What the page may ask for beside its own files, by the name after `/api/`. Everything here needs the token. */
export interface Api {
  readonly answers: Readonly<Record<string, ApiAnswer>>
  readonly feeds: Readonly<Record<string, EventFeed>>
}
