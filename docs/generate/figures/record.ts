/** What docs/figures.json holds: figures as they were measured, every sample of them. */

/** One thing measured: numbers by name, a sample each time it was carried out. */
export interface Figure {
  /** As a reader would type it. */
  readonly command: string
  /** YYYY-MM-DD of the last sample. */
  readonly taken: string
  /** Of the machine; without it that of the whole file. */
  readonly cpu?: string
  readonly samples: readonly Readonly<Record<string, number>>[]
}

export interface Figures {
  readonly machine: { readonly cpu: string; readonly cores: number; readonly memoryGb: number; readonly node: string }
  readonly figures: Readonly<Record<string, Figure>>
}

/** Middle, least and greatest of one number of a figure. @throws Error when it was not measured */
export function spread(figures: Figures, name: string, key: string): { middle: number; least: number; most: number } {
  const values = (figures.figures[name]?.samples ?? []).flatMap((sample) => sample[key] ?? []).sort((a, b) => a - b)
  if (values.length === 0)
    throw new Error(`docs/figures.json has no '${key}' of '${name}': npm run docs:figures -- '${name}'`)
  return { middle: values[(values.length - 1) >> 1]!, least: values[0]!, most: values.at(-1)! }
}
