import { type Provider, schemaText } from './folder.ts'

/** A model of the reference schema, by the names of the database. */
export interface Model {
  /** Name of the client's delegate: `feedSeen`. */
  readonly delegate: string
  /** Field of the client by column name. */
  readonly fields: Readonly<Record<string, string>>
}

/** The schema's models by table name: how the typed client calls what the database calls otherwise. */
export function models(provider: Provider): Map<string, Model> {
  const result = new Map<string, Model>()
  for (const [, name, body] of schemaText(provider).matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)) {
    const fields: Record<string, string> = {}
    let table = name!
    for (const line of body!.split('\n')) {
      const [, mapped] = /@@map\("(\w+)"\)/.exec(line) ?? []
      if (mapped) table = mapped
      const [, field, type] = /^\s+([a-z]\w*)\s+(\w+)/.exec(line) ?? []
      if (!field || !/^(?:Int|BigInt|Float|String|DateTime|Json|Boolean|Gender|Intent|LikeAction)$/.test(type!))
        continue
      fields[/ @map\("(\w+)"\)/.exec(line)?.[1] ?? field] = field
    }
    result.set(table, { delegate: name![0]!.toLowerCase() + name!.slice(1), fields })
  }
  return result
}
