/** What a worker's own scope has of the page's types; the page's library declares a window. */
interface WorkerScope {
  onmessage: ((event: MessageEvent) => void) | null
  postMessage(message: unknown, transfer: Transferable[]): void
}

/** Takes orders, and returns what answers them. */
export function serve<Order, Answer>(
  take: (order: Order) => void,
): (answer: Answer, transfer?: Transferable[]) => void {
  const scope = globalThis as unknown as WorkerScope
  scope.onmessage = (event) => take(event.data as Order)
  return (answer, transfer = []) => scope.postMessage(answer, transfer)
}

const { port1, port2 } = new MessageChannel()
let resume: (() => void) | undefined
port1.onmessage = () => resume?.()

/** Lets waiting orders in: some tens of microseconds, where a timer would take milliseconds. */
export function breath(): Promise<void> {
  return new Promise((resolve) => {
    resume = resolve
    port2.postMessage(0)
  })
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
