import { closeSync, existsSync, openSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isDiskFull, isGone, makeFolderIn } from '../../installation/index.ts'
import { parseDate } from '../../sim/content/index.ts'
import { badInput, MingleError } from '../../sim/kernel/index.ts'
import type { TableBatch, TableShape } from '../batch.ts'
import { type Block, blocksByTable, type Encoding } from '../blocks/block.ts'
import type { KeyRange, LedgerPart } from '../database/backend.ts'
import { LEDGER } from '../ledger/tables.ts'
import { MemoryBackend, rowsOf } from '../memory/memory-backend.ts'
import type { Row } from '../memory/row.ts'
import { writeWhole } from '../objects/write-whole.ts'
import { LOOKUPS, TABLES, type TableName } from '../rows/tables.ts'
import { DamagedFile } from './damaged.ts'
import type { FileFormat } from './file-format.ts'
import { dayFile, encode, FORMATS, type FormatName } from './formats.ts'
import { type FileEntry, Manifest, type ManifestData, SUCCESS_KEY } from './manifest.ts'

/**
 * Files, one per table, day and run: `<table>/day=2024-01-31/run-1.<format>`; the people of phase A lie in
 * `run-1-chunk-1` … of their day. The ledger and the list of files are `manifest.json`. A transaction writes into a
 * folder of its own, renames, and replaces the manifest last.
 */
export class FilesBackend extends MemoryBackend {
  override readonly url: string
  override readonly writer: FormatName
  readonly #folder: string
  readonly #format: FileFormat
  readonly #manifest: Manifest
  #files: FileEntry[] = []
  /** Files that the transaction wrote, and those that go when it commits. */
  #staged: { readonly temporary: string | null; readonly entry: FileEntry }[] = []
  #gone: FileEntry[] = []
  /** Runs that leave no other files than those of the manifest when it commits. */
  readonly #swept = new Set<number>()
  #step: { readonly run: number; readonly day: number; readonly chunk: number } | undefined
  #open = false

  constructor(folder: string, format: FormatName) {
    super()
    this.url = `${format}:${folder}`
    this.writer = format
    this.#folder = folder
    this.#format = FORMATS[format]
    this.#manifest = new Manifest(folder)
  }

  override rows(table: string): readonly Row[] {
    if (!this.#open) this.#refresh()
    return super.rows(table)
  }

  override async exists(): Promise<boolean> {
    return this.#manifest.exists()
  }

  override async prepare(): Promise<void> {
    this.#refresh()
    await this.#loadPeople()
  }

  override async begin(): Promise<void> {
    this.#manifest.lock()
    // Whatever fails from here on, a rollback lets go of the lock.
    this.#open = true
    this.#staged = []
    this.#gone = []
    this.#refresh()
    await this.#loadPeople()
  }

  override async commit(): Promise<void> {
    try {
      // Tasks put it there when the run was whole; whoever waits for it is not to read what comes now by halves.
      if (this.#staged.some(({ temporary }) => temporary !== null)) await this.discard([SUCCESS_KEY])
      for (const { temporary, entry } of this.#staged) {
        // It lies there already.
        if (temporary === null) continue
        const path = join(this.#folder, entry.path)
        makeFolderIn(this.#folder, dirname(path))
        renameSync(temporary, path)
      }
      const gone = new Set(this.#gone)
      // Before the manifest, so that whoever is cut off does it again.
      if (this.#swept.size > 0) await this.discard(await this.#strays())
      this.#files = [...this.#files.filter((entry) => !gone.has(entry)), ...this.#staged.map(({ entry }) => entry)]
      const lookups = this.#writeLookups()
      const tables = [...this.tables].filter(([name]) => name !== 'seed_people')
      const data = { format: this.writer, files: this.#files, tables: Object.fromEntries(tables) }
      const written = this.#staged.filter(({ temporary }) => temporary !== null).map(({ entry }) => entry.path)
      await this.publish([...written, ...lookups], data)
      this.#manifest.write(data)
      const listed = new Set(this.#files.map(({ path }) => path))
      await this.discard([...gone].map(({ path }) => path).filter((path) => !listed.has(path)))
      this.#end()
    } catch (error) {
      throw explained(error, this.#folder)
    }
  }

  override async rollback(): Promise<void> {
    if (!this.#open) return
    this.#manifest.forget()
    this.tables.clear()
    this.#files = []
    this.#end()
    this.#refresh()
  }

  override async insert(batch: TableBatch): Promise<void> {
    const { table } = batch.shape
    if (table === 'seed_run_days' && batch.rows > 0) {
      const [run, day, chunk] = ['run_id', 'day', 'chunk'].map((name) => batch.columns[name]![0] as number)
      this.#step = { run: run!, day: day!, chunk: chunk! }
    }
    if (isInFiles(table) || table === 'seed_people') this.#stage(batch)
    if (!isInFiles(table)) await super.insert(batch)
  }

  /** A table is there with its first file. */
  readonly needsNoTables = true
  readonly takesPeopleBlocks = true

  async encoding(): Promise<Encoding> {
    return { form: this.writer }
  }

  async insertBlocks(blocks: readonly Block[]): Promise<void> {
    for (const [table, own] of blocksByTable(blocks)) {
      const last = own.at(-1)!
      const shape = TABLES[table as TableName]
      const pieces = this.#format.join(
        shape,
        own.map(({ data }) => data),
      )
      this.#stageFile(table, pieces, {
        rows: own.reduce((sum, { rows }) => sum + rows, 0),
        first: own[0]!.firstId,
        last: last.lastId ?? last.firstId + last.rows - 1,
      })
    }
  }

  async enterFiles(files: readonly FileEntry[]): Promise<void> {
    for (const entry of files) this.#staged.push({ temporary: null, entry })
    this.#peopleLoaded = false
    // A task of a run that had the same number, and was reset meanwhile, may have been at it still.
    if (this.#step) this.#swept.add(this.#step.run)
  }

  override async deleteLedger(runId: number, what: LedgerPart): Promise<void> {
    await super.deleteLedger(runId, what)
    // Files of tasks are listed when all are there; of a step that was cut off, when it is repeated.
    if (what.part === 'run') this.#swept.add(runId)
  }

  override async greatestId(table: string): Promise<number> {
    if (!isInFiles(table)) return super.greatestId(table)
    return this.#entries(table).reduce((greatest, { last }) => Math.max(greatest, last), 0)
  }

  override async count(table: string): Promise<number> {
    if (!isInFiles(table)) return super.count(table)
    return this.#entries(table).reduce((sum, { rows }) => sum + rows, 0)
  }

  async strayFiles(): Promise<readonly string[]> {
    const [unlisted, unentered] = [await this.#unlistedNow(), this.#unenteredRuns()]
    return unlisted.filter((path) => !unentered.has(runOf(path)))
  }

  async unenteredFiles(): Promise<readonly string[]> {
    const [unlisted, unentered] = [await this.#unlistedNow(), this.#unenteredRuns()]
    return unlisted.filter((path) => unentered.has(runOf(path)))
  }

  async unlistedFiles(runId: number): Promise<readonly string[]> {
    return (await this.#unlistedNow()).filter((path) => runOf(path) === runId)
  }

  override async *read({ shape, first, last }: KeyRange): AsyncIterable<TableBatch> {
    const entries = this.#entries(shape.table).filter((entry) => entry.first <= last && entry.last >= first)
    for (const entry of entries.sort((a, b) => a.first - b.first)) {
      const bytes = await this.bytesOf(entry.path)
      if (bytes) yield await this.#decode(shape, entry.path, bytes)
    }
  }

  override async deleteRange({ shape, first, last }: KeyRange): Promise<void> {
    for (const entry of this.#entries(shape.table)) {
      if (entry.first >= first && entry.last <= last) this.#gone.push(entry)
    }
  }

  override async deleteRanges(ranges: readonly KeyRange[], also: () => Promise<void>): Promise<void> {
    try {
      await this.begin()
      for (const range of ranges) {
        await this.deleteRange(range)
        if (range.shape.table !== 'users') continue
        const people = this.#entries('seed_people')
        this.#gone.push(...people.filter((entry) => entry.first >= range.first && entry.last <= range.last))
      }
      await also()
      await this.commit()
    } finally {
      await this.rollback()
    }
  }

  override async close(): Promise<void> {
    await this.rollback()
  }

  /** Before the manifest says so: the files that a transaction wrote into the folder, by their paths in it. */
  protected async publish(_written: readonly string[], _manifest: ManifestData): Promise<void> {}

  /** Files that the manifest lists no more. */
  protected async discard(paths: readonly string[]): Promise<void> {
    for (const path of paths) rmSync(join(this.#folder, path), { force: true })
  }

  protected async bytesOf(path: string): Promise<Uint8Array | undefined> {
    return readIfThere(join(this.#folder, path))
  }

  /** Files in some subfolders, by their paths with forward slashes; not those that readers of folders leave out. */
  protected async filesWithin(subfolders: readonly string[]): Promise<string[]> {
    return filesWithin(this.#folder, subfolders)
  }

  /** Of the swept runs, whose number their files bear. */
  async #strays(): Promise<string[]> {
    const unlisted = await this.#unlisted([...this.#files, ...this.#staged.map(({ entry }) => entry)])
    return unlisted.filter((path) => this.#swept.has(runOf(path)))
  }

  /** Tasks enter none of their rows before all are written. */
  #unenteredRuns(): Set<number> {
    const runs = super.rows('seed_runs')
    const unentered = runs.filter(({ status, profiles_through }) => status === 'profiles' && profiles_through === 0)
    return new Set(unentered.map(({ id }) => Number(id)))
  }

  async #unlistedNow(): Promise<string[]> {
    if (!this.#open) this.#refresh()
    return this.#unlisted(this.#files)
  }

  async #unlisted(files: readonly FileEntry[]): Promise<string[]> {
    const listed = new Set(files.map(({ path }) => path))
    const tables = new Set([...Object.keys(TABLES), ...files.map(({ table }) => table)])
    const there = await this.filesWithin([...tables, 'seed_people', ...Object.keys(LOOKUPS)])
    return there
      .filter((path) => path.endsWith(`.${this.#format.extension}`) && !listed.has(path))
      .filter((path) => !Object.keys(LOOKUPS).some((table) => path === `${table}/all.${this.#format.extension}`))
  }

  #entries(table: string): FileEntry[] {
    if (!this.#open) this.#refresh()
    return this.#files.filter((entry) => entry.table === table)
  }

  #stage(batch: TableBatch): void {
    if (batch.rows === 0) return
    const { table, key } = batch.shape
    const keys = batch.columns[table === 'seed_people' ? 'user_id' : key] as Float64Array
    const range = { rows: batch.rows, first: keys[0]!, last: keys[batch.rows - 1]! }
    this.#stageFile(table, encode(this.#format, batch), range)
  }

  /** Writes rows of a table into the transaction's own folder. */
  #stageFile(table: string, pieces: readonly Uint8Array[], range: Omit<FileEntry, 'table' | 'path'>): void {
    const { run, day, chunk } = this.#step!
    const start = parseDate(super.rows('seed_runs').find(({ id }) => id === run)!.start_date as string)
    const path = dayFile(table, start + day, `run-${run}${chunk > 0 ? `-chunk-${chunk}` : ''}`, this.writer)
    const temporary = join(this.#manifest.writing, table)
    try {
      makeFolderIn(this.#folder, dirname(temporary))
      writePieces(temporary, pieces)
    } catch (error) {
      throw explained(error, this.#folder)
    }
    this.#staged.push({ temporary, entry: { table, path, ...range } })
  }

  /** Lookup rows are few; their files are written with each change of the manifest that has new ones. */
  #writeLookups(): string[] {
    const written: string[] = []
    for (const shape of Object.values(LOOKUPS) as TableShape[]) {
      const rows = super.rows(shape.table)
      if (rows.length === 0 || rows.length === this.#lookupRows.get(shape.table)) continue
      this.#lookupRows.set(shape.table, rows.length)
      const columns = Object.keys(shape.columns).map((name) => {
        const values = rows.map((row) => row[name]!)
        return [name, typeof values[0] === 'string' ? (values as string[]) : Float64Array.from(values as number[])]
      })
      const name = `${shape.table}/all.${this.#format.extension}`
      const path = join(this.#folder, name)
      written.push(name)
      makeFolderIn(this.#folder, dirname(path))
      const batch = { shape, rows: rows.length, columns: Object.fromEntries(columns) }
      writePieces(`${path}.new`, encode(this.#format, batch))
      renameSync(`${path}.new`, path)
    }
    return written
  }
  readonly #lookupRows = new Map<string, number>()

  /** Takes over what another process committed. */
  #refresh(): void {
    const data = this.#manifest.readIfChanged()
    if (!data) return
    if (data.format !== this.writer) {
      throw badInput(`${this.#folder} holds ${data.format} files; open it as ${data.format}:${this.#folder}`)
    }
    this.tables.clear()
    for (const [name, rows] of Object.entries(data.tables)) this.tables.set(name, [...rows])
    this.#files = [...data.files]
    this.#peopleLoaded = false
  }

  #peopleLoaded = true
  async #loadPeople(): Promise<void> {
    if (this.#peopleLoaded) return
    const people: Row[] = []
    for (const { path } of this.#files.filter(({ table }) => table === 'seed_people')) {
      const bytes = await this.bytesOf(path)
      if (!bytes) throw new DamagedFile(path, 'it is gone')
      const batch = await this.#decode(LEDGER.seed_people, path, bytes)
      for (const row of rowsOf(batch)) people.push(row)
    }
    this.tables.set('seed_people', people)
    this.#peopleLoaded = true
  }

  /** @throws DamagedFile */
  async #decode(shape: TableShape, path: string, bytes: Uint8Array): Promise<TableBatch> {
    try {
      return await this.#format.decode(shape, bytes)
    } catch (error) {
      throw new DamagedFile(path, (error as Error).message)
    }
  }

  #end(): void {
    this.#open = false
    this.#staged = []
    this.#gone = []
    this.#swept.clear()
    rmSync(this.#manifest.writing, { recursive: true, force: true })
    this.#manifest.unlock()
  }
}

/** What the manifest does not hold: rows of days and people, those of an extension's tables among them. */
function isInFiles(table: string): boolean {
  return !(table in LEDGER || table in LOOKUPS)
}

function writePieces(path: string, pieces: readonly Uint8Array[]): void {
  const descriptor = openSync(path, 'w')
  try {
    writeWhole(descriptor, pieces)
  } finally {
    closeSync(descriptor)
  }
}

function readIfThere(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    if (isGone(error)) return undefined
    throw error
  }
}

function filesWithin(folder: string, subfolders: readonly string[]): string[] {
  return subfolders
    .filter((name) => existsSync(join(folder, name)))
    .flatMap((name) => {
      const found = readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' })
      return found.map((path) => `${name}/${path.replaceAll('\\', '/')}`)
    })
    .filter(isForReaders)
    .sort()
}

/** The number of the run that a file bears; NaN: none. */
function runOf(path: string): number {
  return Number(/\/run-(\d+)[-.][^/]*$/.exec(path)?.[1])
}

/** Whoever reads a whole folder leaves names out that begin so. */
export function isForReaders(path: string): boolean {
  return !path.split('/').some((part) => /^[._]/.test(part))
}

function explained(error: unknown, folder: string): unknown {
  if (!isDiskFull(error)) return error
  return new MingleError('DISK_FULL', `no room in ${folder}; make some there`)
}
