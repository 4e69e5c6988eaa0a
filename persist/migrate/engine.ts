import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import type { DiffTarget, MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm'

/** What we use of WebAssembly; the types of Node leave it to the browser's. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>
  instantiate(
    module: object,
    imports: Record<string, unknown>,
  ): Promise<{ exports: Record<string, unknown> & { __wbindgen_start(): void } }>
}

interface Bindings {
  __wbg_set_wasm(exports: unknown): void
  readonly SchemaEngine: typeof import('@prisma/schema-engine-wasm').SchemaEngine
}

const LOADED = Symbol.for('mingle.schema-engine')

/**
 * The compiled engine: one a process, also where this module is loaded twice. Its bindings are a module with one memory, and timers
 * of an engine that was started in another would break both.
 */
const whole = globalThis as { [LOADED]?: Promise<Bindings> }

async function load(): Promise<Bindings> {
  // The engine reports a panic here before it throws.
  ;(globalThis as { PRISMA_WASM_PANIC_REGISTRY?: unknown }).PRISMA_WASM_PANIC_REGISTRY ??= { set_message: () => {} }
  const require = createRequire(import.meta.url)
  const script = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const bindings = await import(pathToFileURL(script).href)
  const compiled = await WebAssembly.compile(await readFile(script.replace(/\.js$/, '.wasm')))
  const instance = await WebAssembly.instantiate(compiled, { './schema_engine_bg.js': impatient(bindings) })
  bindings.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  return bindings
}

/**
 * The bindings with timers that keep no process alive: the engine's own, of ten seconds for its lock on PostgreSQL, is
 * never ended.
 */
function impatient(bindings: Bindings): Record<string, unknown> {
  const imports: Record<string, unknown> = { ...bindings }
  for (const name of Object.keys(imports).filter((name) => name.startsWith('__wbg_setTimeout'))) {
    imports[name] = (work: () => void, ms: number) => Number(setTimeout(work, ms >>> 0).unref())
  }
  return imports
}

/**
 * Prisma's own schema engine, in WebAssembly: no binary is downloaded. Call `free()` when done.
 * @param factory the database, or a stand-in that answers for its dialect
 */
export async function startSchemaEngine(
  factory: SqlMigrationAwareDriverAdapterFactory,
  schema?: string,
): Promise<SchemaEngine> {
  whole[LOADED] ??= load()
  const { SchemaEngine } = await whole[LOADED]
  const datamodels: [string, string][] | undefined = schema === undefined ? undefined : [['schema.prisma', schema]]
  return SchemaEngine.new({ datamodels }, () => {}, bindMigrationAwareSqlAdapterFactory(factory))
}

/** No table and no enum is managed elsewhere. */
export const NO_FILTER = { externalTables: [], externalEnums: [] }

export type { DiffTarget, MigrationList, SchemaEngine }
