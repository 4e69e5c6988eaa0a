import { BlockMaker, type BlockSetup, countMarket, placeMarkets, type RunStore } from '../../../persist/index.ts'
import { picsum } from '../../../persist/rows/media.ts'
import type { DayFacts } from '../../../sim/facts/index.ts'
import { TEXTS } from '../site.ts'

/** Blocks of a day as some workers would make them, each of every so-many-th market. */
export function makeBlocks(setup: BlockSetup, facts: DayFacts, makers: number) {
  const hands = Array.from({ length: makers }, (_, i) => facts.markets.filter((_, at) => at % makers === i))
  const making = hands.map((_, i) => new BlockMaker(setup, { texts: TEXTS, pictures: picsum }, `${i}`))
  const counts = facts.markets.map(countMarket)
  return (bases: typeof setup.ids.next) => {
    const places = placeMarkets(counts, bases)
    const made = hands.map((markets, i) =>
      making[i]!.make(
        facts.day,
        markets,
        markets.map((market) => places[facts.markets.indexOf(market)]!),
      ),
    )
    return facts.markets.flatMap(({ market }) => made.flat().filter((block) => block.market === market))
  }
}

/** A store whose days go by blocks, where it takes them. */
export function throughBlocks(store: RunStore, makers = 2): RunStore {
  const writeDay: RunStore['writeDay'] = async (runId, facts, newcomers, factDigests) => {
    const setup = await store.blockSetup(runId)
    if (!setup) throw new Error(`${store.url} takes no blocks`)
    const make = makeBlocks(setup, facts, makers)
    const markets = facts.markets.map(countMarket)
    return store.writeBlocks(runId, {
      day: facts.day,
      markets,
      newcomers,
      factDigests,
      blocks: async (bases) => make(bases),
    })
  }
  return new Proxy(store, {
    get(target, name) {
      if (name === 'writeDay') return writeDay
      const value = Reflect.get(target, name, target) as unknown
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
