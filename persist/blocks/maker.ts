import { isDiskFull } from '../../installation/index.ts'
import type { PlacePackName } from '../../sim/content/index.ts'
import type { MarketTables } from '../../sim/facts/index.ts'
import { MingleError } from '../../sim/kernel/index.ts'
import type { TableBatch } from '../batch.ts'
import type { Texts } from '../rows/day.ts'
import { type PicturePool, type PictureSource, picturesOf, plainPictures } from '../rows/media.ts'
import type { FirstIds } from '../rows/placement.ts'
import { type IdsSoFar, Renderer } from '../rows/renderer.ts'
import { RowSum } from '../rows/row-sum.ts'
import { Image } from '../sqlite/image/image.ts'
import { CONTENT_TEXTS, type RunWords, textsOf, wordsIn } from '../texts.ts'
import type { Block, Encoding } from './block.ts'
import { distinctValues } from './distinct.ts'
import { BlockEncoder } from './encoder.ts'

/** Where words and pictures come from. */
export interface BlockSources {
  readonly texts: Texts
  readonly pictures: PictureSource
}

/** All that making a run's blocks takes besides its facts. Plain data. */
export interface BlockSetup {
  readonly ids: IdsSoFar
  readonly encoding: Encoding
  /** The sources as data; null when they are functions of the user's own: only the thread that holds these can make blocks. */
  readonly sources: PlainSources | null
}

/** Sources as data, with the words that the run brought along. */
export interface PlainSources {
  readonly pictures: PicturePool | 'picsum'
  readonly words: RunWords
  /** The places of the run, by which its language goes. */
  readonly places: PlacePackName
}

/** Sources for another thread. @param inputs of the run's first segment */
export function plainSources(
  { texts, pictures }: BlockSources,
  inputs: string,
  places: PlacePackName,
): PlainSources | null {
  const plain = plainPictures(pictures)
  return texts === CONTENT_TEXTS && plain !== undefined ? { pictures: plain, places, words: wordsIn(inputs) } : null
}

/** What `plainSources` was made of. */
export function sourcesOf({ pictures, words, places }: PlainSources): BlockSources {
  return { texts: textsOf(CONTENT_TEXTS, words, places), pictures: picturesOf(pictures) }
}

/** Makes finished blocks of some markets' days, on whatever thread or machine this is. */
export class BlockMaker {
  readonly #renderer: Renderer
  readonly #encoding: Encoding
  readonly #encoder: BlockEncoder
  readonly #name: string

  /** @param name in file names: no other maker of the process has it */
  constructor({ ids, encoding }: BlockSetup, sources: BlockSources, name: string) {
    // Rows by column go to the writer as they are.
    this.#renderer = new Renderer(ids, sources, encoding.form === 'columns')
    this.#encoding = encoding
    this.#encoder = new BlockEncoder(encoding)
    this.#name = name
  }

  /**
   * The blocks of one day, a market's after the other's; none for tables without rows. A day may be made again with other
   * ids, and then all that follow it.
   *
   * @param markets in the order of their ids; each one's days follow one another
   * @param places of each market (`placeMarkets`)
   */
  make(day: number, markets: readonly MarketTables[], places: readonly FirstIds[]): Block[] {
    const image = this.#encoding.form === 'sqlite' ? new Image(`${this.#encoding.files}-${this.#name}-${day}`) : null
    const blocks: Block[] = []
    try {
      markets.forEach((facts, i) => {
        for (const batch of this.#renderer.render(day, facts, places[i]!)) {
          if (batch.rows > 0) blocks.push(this.#block(facts.market, batch, image))
        }
      })
      image?.finish()
    } catch (error) {
      image?.abandon()
      throw image ? explained(error, image.path) : error
    }
    return blocks
  }

  #block(market: number, batch: TableBatch, image: Image | null): Block {
    const { table, key } = batch.shape
    const sum = new RowSum()
    sum.add(batch, table)
    return {
      table,
      market,
      rows: batch.rows,
      firstId: batch.columns[key]![0] as number,
      digest: sum.words,
      referred: distinctValues(batch, this.#encoding.references?.[table]),
      data: this.#encoder.encode(batch, image),
    }
  }
}

/** A disk, or a user's share of it, that holds no more. */
function explained(error: unknown, path: string): unknown {
  if (!isDiskFull(error)) return error
  const { message } = error as Error
  return new MingleError('DISK_FULL', `cannot write to ${path} (${message}); make room there`)
}

/** The memory behind blocks, which can move to another thread with them. */
export function memoryOfBlocks(blocks: readonly Block[]): ArrayBuffer[] {
  const views = blocks.flatMap(({ digest, referred, data }) => [
    digest,
    ...Object.values(referred),
    ...(data.form === 'bytes' || data.form === 'parquet' ? [data.bytes] : []),
    ...(data.form === 'parquet' ? [data.group.meta, data.group.places] : []),
    ...(data.form === 'columns'
      ? Object.values(data.batch.columns).filter((column) => ArrayBuffer.isView(column))
      : []),
  ])
  return [...new Set(views.map(({ buffer }) => buffer as ArrayBuffer))]
}
