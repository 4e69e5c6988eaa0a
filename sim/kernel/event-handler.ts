/** What happens is the model's: one method, that switches on `kind`. It may schedule and cancel. */
export interface EventHandler {
  handle(kind: number, agent: number, a: number, b: number, time: number): void
}
