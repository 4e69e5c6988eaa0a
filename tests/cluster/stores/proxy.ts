import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** A way through to a server, which can be cut. */
export class TcpProxy {
  readonly #server: Server
  readonly #pairs = new Set<readonly [client: Socket, server: Socket]>()
  /** Whether nobody gets through any more. */
  #isCut = false
  /** Sees what clients send; `cut` ends the connection before it is passed on, `deaf` passes it on and ends the answers. */
  look: (data: Buffer) => 'cut' | 'deaf' | undefined = () => undefined

  private constructor(host: string, port: number) {
    this.#server = createServer((client) => {
      if (this.#isCut) return void client.destroy()
      const server = connect(port, host)
      const pair = [client, server] as const
      this.#pairs.add(pair)
      const end = () => {
        this.#pairs.delete(pair)
        client.destroy()
        server.destroy()
      }
      for (const each of pair) each.on('error', end).on('close', end)
      client.on('data', (data) => {
        const what = this.look(data)
        if (what === 'cut') return end()
        server.write(data)
        if (what !== 'deaf') return
        // The server has it all, and nobody hears what it answers.
        server.removeAllListeners('data')
        setTimeout(end, 150)
      })
      server.on('data', (data) => client.write(data))
    })
  }

  static async start(port: number, host = '127.0.0.1'): Promise<TcpProxy> {
    const proxy = new TcpProxy(host, port)
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  cut(): void {
    this.#isCut = true
    for (const [client, server] of this.#pairs) {
      client.destroy()
      server.destroy()
    }
  }

  heal(): void {
    this.#isCut = false
  }

  async stop(): Promise<void> {
    this.cut()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
