import type { EventHandler } from '../kernel/index.ts'
import { likePost, openProfile } from './feed/feed-view.ts'
import { writePost } from './feed/post.ts'
import { Kind } from './kinds.ts'
import { changeLife, join, leaveTogether } from './life/lifecycle.ts'
import { decide } from './sessions/deck.ts'
import { endSession, startSession } from './sessions/session.ts'
import { takeStep } from './sessions/step.ts'
import type { Site } from './site.ts'
import { farewell, followUp, openConversation, reply } from './talk/conversation.ts'
import { makeMatch } from './talk/match.ts'

/** The one switch from an event's kind to its handler. */
export class Dispatch {
  private readonly site: Site
  private readonly extension: EventHandler | undefined

  /** @param extension handles every kind that is none of the model's */
  constructor(site: Site, extension?: EventHandler) {
    this.site = site
    this.extension = extension
  }

  handle(kind: number, agent: number, a: number, b: number, time: number): void {
    const site = this.site
    switch (kind) {
      case Kind.step:
        takeStep(site, agent, time)
        break
      case Kind.decide:
        decide(site, agent, a, b, time)
        break
      case Kind.likePost:
        likePost(site, agent, a, time)
        break
      case Kind.openProfile:
        openProfile(site, agent, a, time)
        break
      case Kind.sessionStart:
        startSession(site, agent, time)
        break
      case Kind.sessionEnd:
        endSession(site, agent, time)
        break
      case Kind.reply:
        reply(site, agent, a, b, time)
        break
      case Kind.post:
        writePost(site, agent, time)
        break
      case Kind.match:
        makeMatch(site, agent, a, time)
        break
      case Kind.open:
        openConversation(site, agent, a, time)
        break
      case Kind.followUp:
        followUp(site, agent, a, b, time)
        break
      case Kind.farewell:
        farewell(site, agent, a, b, time)
        break
      case Kind.lifecycle:
        changeLife(site, agent, time)
        break
      case Kind.leaveTogether:
        leaveTogether(site, agent, a, time)
        break
      case Kind.arrival:
        join(site, agent, time)
        break
      default:
        if (this.extension === undefined) throw new Error(`no event kind ${kind}`)
        this.extension.handle(kind, agent, a, b, time)
    }
  }
}
