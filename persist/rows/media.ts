/** Pictures are not files of ours: a seed names one, always the same, at a public placeholder service. */
const SEEDS = 100_000

/** The page address of a picture and of its thumbnail. */
export interface PictureUrls {
  readonly url: string
  readonly thumbUrl: string
}

/** From a picture's seed to its addresses. */
export interface PictureSource {
  (seed: number): PictureUrls
  readonly pool?: PicturePool
}

/** https://picsum.photos: 800 × 600, thumbnail 400 × 300. */
export const picsum: PictureSource = (seed) => ({
  url: `https://picsum.photos/seed/${seed}/800/600`,
  thumbUrl: `https://picsum.photos/seed/${seed}/400/300`,
})

/** Addresses of one's own, one by one with their thumbnails. */
export interface PicturePool {
  readonly urls: readonly string[]
  readonly thumbs: readonly string[]
}

/** Pictures out of a list of addresses of one's own; `thumbs`, when given, stands beside `urls` one by one. */
export function picturePool(urls: readonly string[], thumbs: readonly string[] = urls): PictureSource {
  const source = (seed: number) => ({ url: urls[seed % urls.length]!, thumbUrl: thumbs[seed % thumbs.length]! })
  return Object.assign(source, { pool: { urls, thumbs } })
}

/** A source as data for another thread; undefined when it is a function of the user's own. */
export function plainPictures(source: PictureSource): PicturePool | 'picsum' | undefined {
  return source === picsum ? 'picsum' : source.pool
}

export function picturesOf(plain: PicturePool | 'picsum'): PictureSource {
  return plain === 'picsum' ? picsum : picturePool(plain.urls, plain.thumbs)
}

/** The seed of a post's picture: mixed from the post's text, so that it needs no draw and no row id. */
export function postPictureSeed(variant: number, operand: number, index: number): number {
  let h = Math.imul(variant ^ Math.imul(operand + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b), 0xc2b2ae35)
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  return ((h ^ (h >>> 13)) >>> 0) % SEEDS
}
