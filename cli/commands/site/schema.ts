import type { CAC } from 'cac'
import { MingleError } from '../../../sim/kernel/index.ts'
import type { Flags } from '../../options/flags.ts'

export function registerSchema(cli: CAC): void {
  const command = cli.command(
    'schema <file>',
    'Print the JSON Schema of a file of your own: personas, words, quizzes or taxonomy',
  )
  command.option('--example', 'Print an example instead')
  command.example('  $ mingle schema personas > personas.schema.json')
  command.example('  $ mingle schema personas --example > personas.json')
  command.action(schema)
}

async function schema(name: string, flags: Flags): Promise<number> {
  const { CONTENT_FILES, contentExample, jsonSchema } = await import('../../../run/index.ts')
  const file = CONTENT_FILES.find((known) => known === name)
  if (file === undefined)
    throw new MingleError('BAD_INPUT', `there are schemas of ${CONTENT_FILES.join(', ')}, got '${name}'`)
  console.log(JSON.stringify(flags.example === true ? contentExample(file) : jsonSchema(file), null, 2))
  return 0
}
