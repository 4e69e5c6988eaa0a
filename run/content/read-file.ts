import { existsSync, readFileSync, statSync } from 'node:fs'
import { extname } from 'node:path'
import { parseYAML } from 'confbox/yaml'
import type { z } from 'zod'
import { badInput } from '../../sim/kernel/index.ts'

/**
 * Reads a JSON or YAML file and checks it.
 *
 * @param what how to call it in messages, such as 'personas'
 * @throws MingleError BAD_INPUT naming the file, the path in it, the value there and what was expected
 */
export function readChecked<T extends z.ZodType>(file: string, schema: T, what: string): z.infer<T> {
  if (!existsSync(file) || !statSync(file).isFile()) throw badInput(`there is no file ${file} with ${what}`)
  const text = readFileSync(file, 'utf8')
  let value: unknown
  try {
    value = /^\.ya?ml$/i.test(extname(file)) ? parseYAML(text) : JSON.parse(text)
  } catch (error) {
    throw badInput(`${file} cannot be read: ${(error as Error).message.split('\n')[0]}`)
  }
  const checked = schema.safeParse(value)
  if (checked.success) return checked.data
  const [issue] = checked.error.issues
  const path = issue!.path.map(String)
  const at = path.length > 0 ? path.join('.') : 'the file as a whole'
  const found = path.reduce<unknown>((branch, name) => (branch as Record<string, unknown> | undefined)?.[name], value)
  const given = found === undefined ? 'is missing' : `is ${shortened(JSON.stringify(found))}`
  throw badInput(`${file}: ${at} ${given}; ${issue!.message.replace(/^Invalid input: /, '')}`)
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
