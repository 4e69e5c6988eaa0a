import type { EventHandler } from '../kernel/index.ts'
import type { Site } from './site.ts'

/** Hands each event on under the rules of its agent's arm. Only runs with arms have one. */
export class ArmHandler implements EventHandler {
  readonly #site: Site
  readonly #inner: EventHandler

  constructor(site: Site, inner: EventHandler) {
    this.#site = site
    this.#inner = inner
  }

  handle(kind: number, agent: number, a: number, b: number, time: number): void {
    this.#site.follow(agent)
    this.#inner.handle(kind, agent, a, b, time)
  }
}
