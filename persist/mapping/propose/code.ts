import { DERIVED_NAMES, type SourceName } from '../config/sources.ts'
import type { Metadata } from '../metadata/metadata.ts'
import type { Given, Proposed } from './proposal.ts'
import { ORDER, propose } from './propose.ts'

/** Lookup rows, and what jobs derive, are spoken of only where there are any. */
const QUIET: ReadonlySet<SourceName> = new Set(['subject', 'quiz', 'question', 'option', ...DERIVED_NAMES])
const WIDTH = 110

/** A mapping as code: what could be guessed, and a comment where a choice is the user's. */
export function proposeConfig(metadata: Metadata, schemaFolder: string): string {
  const { proposal, left } = propose(metadata)
  const shared = sharedOf([...proposal.values()].flat())
  const entries = ORDER.flatMap((source) => {
    const targets = proposal.get(source) ?? []
    if (targets.length === 0) return QUIET.has(source) ? [] : [`    ${source}: skip(), // no model was recognised`]
    const code = targets.map((target) => codeOf(target, shared, targets.length > 1))
    return targets.length === 1
      ? [`    ${source}: ${code[0]},`]
      : [`    ${source}: [\n${code.map((each) => `      ${each},`).join('\n')}\n    ],`]
  })
  const constants = [...shared].map(
    ([root, { name, code }]) => `// ${root}: the one whose rows these are.\nconst ${name} = choose(${code})\n`,
  )
  const body = [...constants, ...entries].join('\n')
  const used = ['as', 'choose', 'link', 'rows', 'skip', 'to'].filter((word) => new RegExp(`\\b${word}\\(`).test(body))
  return [
    `/// <reference path="${schemaFolder}/mingle.d.ts" />`,
    `import { ${[...used, 'defineConfig'].sort().join(', ')} } from 'mingle'`,
    '',
    "// Proposed by 'mingle init' from the names in the schema: edit it, then run 'mingle check'.",
    ...(used.includes('choose')
      ? ["// choose(…) is a placeholder: put a value of your own there, or the same one without 'choose'."]
      : []),
    ...wrapped(
      left.map(({ name }) => name),
      '// Nothing is written to: ',
    ),
    ...(constants.length > 0 ? ['', ...constants.map((each) => each.trimEnd())] : []),
    'export default defineConfig({',
    `  schema: '${schemaFolder}',`,
    '  map: {',
    ...entries,
    '  },',
    '})',
    '',
  ].join('\n')
}

interface Shared {
  readonly name: string
  readonly code: string
}

/** The keys that more than one target wants, by what they are the key of: each is chosen once. */
function sharedOf(targets: readonly Proposed[]): Map<string, Shared> {
  const wanted = new Map<string, Given[]>()
  for (const { set } of targets)
    for (const given of set) {
      if (given.root !== undefined && given.open) wanted.set(given.root, [...(wanted.get(given.root) ?? []), given])
    }
  const names = new Set<string>()
  return new Map(
    [...wanted].flatMap(([root, givens]) => {
      if (givens.length < 2) return []
      const plain = givens[0]!.field
      const name = names.has(plain) ? root.replace('.', '_') : plain
      names.add(name)
      return [[root, { name, code: givens[0]!.code }] as const]
    }),
  )
}

function codeOf(target: Proposed, shared: ReadonlyMap<string, Shared>, among: boolean): string {
  const made = target.link ?? rowCode(target, shared, among)
  if (target.doubtful !== true) return made
  return `choose(${made})`
}

function rowCode(target: Proposed, shared: ReadonlyMap<string, Shared>, among: boolean): string {
  const { model, lines, set, truncate, where, each, note } = target
  const values = set.map(({ field, code, open, root }) => {
    const constant = root === undefined ? undefined : shared.get(root)
    if (constant) return constant.name === field ? field : `${field}: ${constant.name}`
    return `${field}: ${open ? `choose(${code})` : code}`
  })
  const open = set.some((given) => given.open && !(given.root !== undefined && shared.has(given.root)))
  const words = [
    ...(where === undefined ? [] : [`where: ${where}`]),
    ...(values.length > 0 ? [`set: { ${values.join(', ')} }`] : []),
    ...(truncate.length > 0 ? [`truncate: [${truncate.map((name) => `'${name}'`).join(', ')}]`] : []),
    ...(each ? ['most: 30'] : []),
  ]
  const indent = among ? '        ' : '      '
  const end = indent.slice(2)
  const said = [...(note ? [note] : []), ...(open ? ['required, and not recognised'] : [])]
  const told = said.length > 0
  const options =
    words.length === 0
      ? ''
      : told
        ? `,\n${indent}// ${said.join('; ')}\n${indent}{ ${words.join(', ')} },\n${end}`
        : `, { ${words.join(', ')} }`
  if (each) {
    const names = each.map(([field]) => `'${field}'`).join(', ')
    const pairs = each.map(([field, code]) => `${indent}    ${field}: ${code},\n`).join('')
    const make = `(row) =>\n${indent}row.picks.map((pick) => ({\n${pairs.replaceAll('    ', '  ')}${indent}}))`
    return `rows('${model.name}', [${names}], ${make}${options})`
  }
  const short = `{ ${lines.map(([column, goal]) => `${column}: ${goal}`).join(', ')} }`
  const fields =
    among && short.length < WIDTH - 20
      ? short
      : `{\n${lines.map(([column, goal]) => `${indent}${column}: ${goal},`).join('\n')}\n${end}}`
  return `to('${model.name}', ${fields}${options})`
}

/** Names behind a few words, in lines that are not too long. */
function wrapped(names: readonly string[], first: string): string[] {
  const lines: string[] = []
  for (const name of names) {
    const line = lines.at(-1)
    if (line === undefined || line.length + name.length > WIDTH)
      lines.push(line === undefined ? `${first}${name}` : `//   ${name}`)
    else lines[lines.length - 1] = `${line}, ${name}`
  }
  return lines
}
