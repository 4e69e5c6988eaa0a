import type { CAC } from 'cac'
import { registerCheck } from './check.ts'
import { registerInit } from './init.ts'
import { registerSchema } from './schema.ts'

/** A site's own schema, mapping and files. */
export function siteCommands(cli: CAC): void {
  registerInit(cli)
  registerCheck(cli)
  registerSchema(cli)
}
