/** Writes the parameter tables of docs/model.md: `npm run docs:parameters`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { withParameters } from './parameters/tables.ts'

const page = process.argv[2] ?? 'docs/model.md'
writeFileSync(page, withParameters(readFileSync(page, 'utf8')))
