import { explainLike, explainMatch, explainReply } from '../../../../sim/index.ts'
import { breath, messageOf, serve } from '../channel.ts'
import { alter } from './alter.ts'
import { EventLog } from './events.ts'
import { geography } from './geography.ts'
import { History, Overtaken } from './history.ts'
import { network } from './network.ts'
import { peopleTable } from './people-table.ts'
import { personPage } from './person.ts'
import type { WorldAnswer, WorldCall, WorldCalls, WorldOrder } from './protocol.ts'
import { cohorts, funnel } from './stages.ts'
import { Who } from './who.ts'

let history: History | undefined
let who: Who | undefined
let events: EventLog | undefined
let opening = 0

type Carry = {
  [C in WorldCall]: (args: WorldCalls[C]['args']) => Promise<WorldCalls[C]['result']> | WorldCalls[C]['result']
}

const opened = (): [History, Who] => {
  if (!history || !who) throw new Error('no run is open')
  return [history, who]
}

const carry: Carry = {
  async open({ input, days }) {
    const own = ++opening
    const next = new History(input, days)
    history = undefined
    while (next.lived < days) {
      next.step()
      post({ type: 'progress', day: next.lived, days })
      await breath()
      if (own !== opening) throw new Overtaken('another run was opened')
    }
    history = next
    who = new Who(next)
    events = new EventLog(next, who)
    return { digest: next.digests[days]!, people: next.people }
  },
  people: ({ day }) => peopleTable(...opened(), day),
  person({ k, day, until }) {
    const [history, who] = opened()
    if (k > history.people) throw new Error(`The run has people 1 to ${history.people}; there is no person ${k}.`)
    return personPage(history, who, k, day, until)
  },
  geography: ({ day }) => geography(...opened(), day),
  network: ({ day, market }) => network(...opened(), day, market),
  funnel: ({ day }) => funnel(opened()[0], day),
  cohorts: ({ day }) => cohorts(...opened(), day),
  scrub({ day }) {
    const [history] = opened()
    const { run, from } = history.restored(day, true)
    return { day, digest: run.digest, from, replayed: day - from, straight: history.digests[day]! }
  },
  event({ day, index, k }) {
    opened()
    return events!.step(day, index, k)
  },
  explain({ question, a, b, message, day }) {
    const [history] = opened()
    const run = { config: history.config, days: Math.max(1, day) }
    if (question === 'like') return explainLike(run, a, b)
    if (question === 'match') return explainMatch(run, a, b)
    return explainReply(run, a, b, message === undefined ? {} : { message })
  },
  alter: (args) => alter(...opened(), args),
}

const post = serve<WorldOrder, WorldAnswer>(({ id, call, args }) => {
  void (async () => {
    try {
      const result = await (carry[call] as (args: unknown) => unknown)(args)
      post({ type: 'result', id, result })
    } catch (error) {
      post({ type: 'failed', id, message: error instanceof Overtaken ? 'overtaken' : messageOf(error) })
    }
  })()
})
