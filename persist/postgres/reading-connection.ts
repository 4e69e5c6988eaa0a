import type pg from 'pg'
import { connect, explained, isLost } from './connection.ts'

/** Values as the server writes them: no driver's idea of time zones comes between. */
export const AS_TEXT = {
  getTypeParser: () => (value: string | Buffer) => value.toString(),
} as unknown as pg.CustomTypesConfig

/** A second connection, for what is committed: whoever asks by it sees into no transaction. Opened when it is first asked. */
export class ReadingConnection {
  readonly #url: string
  #client: Promise<pg.Client> | undefined

  constructor(url: string) {
    this.#url = url
  }

  /** @param text with `$1`, `$2`, … for values */
  async read(text: string, values: readonly unknown[]): Promise<unknown[][]> {
    this.#client ??= this.#open()
    const reading = this.#client
    try {
      const client = await reading
      return (await client.query<unknown[]>({ text, values: [...values], rowMode: 'array', types: AS_TEXT })).rows
    } catch (error) {
      // The next call makes a new connection.
      if (this.#client === reading && isLost(error)) {
        this.#client = undefined
        reading.then((client) => client.end()).catch(() => {})
      }
      throw explained(error, this.#url)
    }
  }

  async close(): Promise<void> {
    const reading = this.#client
    this.#client = undefined
    await reading?.then((client) => client.end()).catch(() => {})
  }

  /** Cut between two questions, it is replaced by another one. */
  #open(): Promise<pg.Client> {
    const reading = connect(this.#url)
    const forget = () => {
      if (this.#client === reading) this.#client = undefined
    }
    reading.then((client) => client.once('error', forget)).catch(forget)
    return reading
  }
}
