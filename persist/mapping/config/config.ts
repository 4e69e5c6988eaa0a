import type { JobHooks } from './job-hooks.ts'
import type { ColumnOf, FactName, SourceName } from './sources.ts'

/**
 * The user's own models, by name, each from field name to the type of its value. Empty here; the file that
 * `prisma generate` writes declares them, and so `to('Sw…` completes.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface MappedModels {}

export type ModelName = keyof MappedModels extends never ? string : keyof MappedModels & string
export type FieldName<M extends string> = M extends keyof MappedModels ? keyof MappedModels[M] & string : string
export type FieldValue<M extends string, F> = M extends keyof MappedModels
  ? F extends keyof MappedModels[M]
    ? MappedModels[M][F]
    : never
  : unknown

/** A fact's row as a function sees it: ids as the user's models have them, times as dates, JSON parsed. */
export type SourceRow<S extends FactName> = {
  readonly [C in ColumnOf<S>]: C extends 'picks' ? readonly AnswerPick[] : SourceValue
}
/** One answer of a quiz: which option was chosen. */
export type AnswerPick = Readonly<
  Record<'question_id' | 'option_id' | 'position' | 'option_position' | 'prompt' | 'value' | 'label', SourceValue>
>
// biome-ignore lint/suspicious/noExplicitAny: a row's value is text, number, date or JSON by its column
export type SourceValue = any

/** Where one column of a fact goes. */
export type Destination<F extends string = string> =
  | F
  /** The same values in other words. */
  | { readonly field: F; readonly values: Readonly<Record<string, unknown>> }
  /** The key of the row of another model that has the value in a unique field. */
  | {
      readonly field: F
      readonly find: string
      readonly values?: Readonly<Record<string, string>>
      readonly missing?: 'error' | 'skip' | 'null'
    }
  | KeyOf<F>
  | AnswersAs<F>

/** The key of the row that another model has for the same fact. @see keyOf */
export interface KeyOf<F extends string = string> {
  readonly field: F
  readonly of: string
}

/** How the answers of a quiz are spelled. @see answersAs */
export interface AnswersAs<F extends string = string> {
  readonly field: F
  readonly answers: AnswerForm
}

export interface AnswerForm {
  /** What names a question: the key of its row, its place in the quiz from 0, or its text. */
  readonly question: 'id' | 'position' | 'text'
  /** What names the option that was chosen: the key of its row, its value (a, b, …), its place from 0, or its text. */
  readonly option: 'id' | 'value' | 'position' | 'text'
}

export interface TargetOptions<S extends FactName, M extends string> {
  /** Constants, or functions of the fact's row. */
  readonly set?: { readonly [F in FieldName<M>]?: FieldValue<M, F> | ((row: SourceRow<S>) => FieldValue<M, F>) }
  /** Only rows with these values become rows of the model; a list: with one of them. */
  readonly where?: { readonly [C in ColumnOf<S>]?: string | number | readonly (string | number)[] }
  /** Fields of a unique: a row that is there already gets the other fields of this target, instead of a second row. */
  readonly fold?: readonly FieldName<M>[]
  /** With `fold`: fields that a row keeps as they were when it was made, such as who was first. */
  readonly once?: readonly FieldName<M>[]
  /** Fields of a unique: the row is there; it gets the other fields of this target. */
  readonly update?: readonly FieldName<M>[]
  /** Text fields that are cut to the length their column has. */
  readonly truncate?: readonly FieldName<M>[]
  /** How the model's own text id is made when its default does not say: `uuid` unless told otherwise; `nanoid(10)` has 10 characters. */
  readonly key?: KeyForm | `nanoid(${number})`
  /** Lookup rows: the unique field, or fields, by which rows that are there already are found. */
  readonly match?: FieldName<M> | readonly FieldName<M>[]
  /** Lookup rows that are not there: added (`create`, the default), or left out with whatever refers to them. */
  readonly missing?: 'create' | 'skip' | 'error'
}

export const KEY_FORMS = ['uuid', 'uuid7', 'cuid', 'cuid2', 'ulid', 'nanoid'] as const
export type KeyForm = (typeof KEY_FORMS)[number]

/** One model that a fact goes to. Made by `to`, `rows` and `link`. */
export interface Target<S extends FactName = SourceName> {
  readonly kind: 'to' | 'rows' | 'link'
  readonly model: string
  readonly fields: Readonly<Record<string, Destination | readonly Destination[]>>
  readonly options: TargetOptions<S, string>
  /** `rows`: what the function returns, and the fields it fills. */
  readonly returns?: readonly string[]
  readonly make?: (row: SourceRow<S>) => unknown
  /** `rows`: how many rows a fact makes at most. */
  readonly most?: number
  /** `link`: the relation field, and the two columns it joins when they cannot be told from the models. */
  readonly relation?: string
  readonly between?: readonly [string, string]
}

export type Mapped<S extends FactName> = Target<S> | readonly Target<S>[] | Skip
export type Skip = { readonly kind: 'skip' }

/** What a configuration may say without a mapping: the tables are those of the reference schema then. */
export interface SiteConfig {
  /** URL of the database; default: `--database-url`, then the environment variable DATABASE_URL. */
  readonly database?: string
  /** Commands or functions that take the place of jobs: `{ 'match-scores': 'npm run score' }`. */
  readonly jobs?: JobHooks
  /** Preset of new runs and of experiments, by name or file (from this one), where the command line names none. */
  readonly preset?: string
  /** Parameters of the model by path, over the preset: `{ 'policy.like.nearKm': 30 }`. `--set` goes over them. */
  readonly set?: Readonly<Record<string, number>>
  /** Content of one's own; the command line's options go above it. */
  readonly content?: ContentConfig
  /** File of the extension that new runs live by, from this folder; `--extension` goes above it. */
  readonly extension?: string
}

/** Files, from the configuration's folder (docs/content.md); `personas` may also be a set that comes with Mingle. */
export interface ContentConfig {
  readonly words?: string
  readonly quizzes?: string
  readonly taxonomy?: string
  readonly personas?: string
}

export interface MingleConfig extends SiteConfig {
  /** Where `prisma generate` put Mingle's metadata: the folder, from the config file. */
  readonly schema: string
  /**
   * SQLite: whether times are kept as integers (milliseconds since 1970) or as text. Default: as the site's rows have them, and
   * in an empty database as the project's version of Prisma does.
   */
  readonly times?: 'integer' | 'text'
  /** Fact by fact, those of an extension by their kind; what is not named goes nowhere. */
  readonly map: FactMap
}

type SiteMap = { readonly [S in SourceName]?: Mapped<S> }
export interface FactMap extends SiteMap {
  // biome-ignore lint/suspicious/noExplicitAny: nobody knows here what columns an extension's facts have
  readonly [own: string]: Mapped<any> | undefined
}

/** The configuration, typed. */
export function defineConfig<C extends MingleConfig | SiteConfig>(config: C): C {
  return config
}

/**
 * A fact's row becomes a row of `model`.
 * @param fields from column of the fact to field (or fields) of the model
 */
export function to<M extends ModelName, S extends FactName = SourceName>(
  model: M,
  fields: { readonly [C in ColumnOf<S>]?: Destination<FieldName<M>> | readonly Destination<FieldName<M>>[] },
  options: TargetOptions<S, M> = {},
): Target<S> {
  return { kind: 'to', model, fields: fields as Target<S>['fields'], options: options as TargetOptions<S, string> }
}

/**
 * A fact's row becomes what a pure function makes of it: one row, none (null), or several, up to `most`.
 * @param returns the fields that the function fills
 */
export function rows<M extends ModelName, F extends FieldName<M>, S extends FactName = SourceName>(
  model: M,
  returns: readonly F[],
  make: (row: SourceRow<S>) => MadeRow<M, F> | readonly MadeRow<M, F>[] | null,
  options: TargetOptions<S, M> & { readonly most?: number } = {},
): Target<S> {
  const { most = 1, ...rest } = options
  return { kind: 'rows', model, fields: {}, returns, make, most, options: rest as TargetOptions<S, string> }
}
export type MadeRow<M extends string, F extends string> = { readonly [K in F]: FieldValue<M, K> }

/**
 * A fact joins two rows through an implicit many-to-many relation.
 * @param relation `Model.field` of either side
 * @param between the fact's columns for that model and for the other, when both are the same model
 * @param options `where`: only some of the facts join
 */
export function link<S extends FactName = SourceName>(
  relation: string,
  between?: readonly [string, string] | null,
  options: Pick<TargetOptions<S, string>, 'where'> = {},
): Target<S> {
  const [model = '', field = ''] = relation.split('.')
  return { kind: 'link', model, relation: field, fields: {}, options, ...(between && { between }) }
}

/** The fact goes nowhere. */
export function skip(): Skip {
  return { kind: 'skip' }
}

/** A column's values in the model's own words: `as('direction', { LIKE: 'RIGHT', DISLIKE: 'LEFT' })`. */
export function as<F extends string>(field: F, values: Readonly<Record<string, unknown>>): Destination<F> {
  return { field, values }
}

/**
 * The key of a lookup row that is there already: `find('genderId', 'Gender.slug', { woman: 'f', man: 'm' })`.
 * @param by the unique field with the value
 * @param values the value in that model's words, where it differs
 */
export function find<F extends string>(
  field: F,
  by: string,
  values?: Readonly<Record<string, string>>,
  missing: 'error' | 'skip' | 'null' = 'error',
): Destination<F> {
  return { field, find: by, missing, ...(values && { values }) }
}

/**
 * The key that the rows of one model have, where a fact makes rows of several and no relation says which is meant:
 * `match_id: keyOf('roomRef', 'Room')`.
 * @param model whose key it is, of those that the column's fact fills
 */
export function keyOf<F extends string>(field: F, model: ModelName): Destination<F> {
  return { field, of: model }
}

/**
 * The answers of a quiz as a JSON object from question to option, in words of your choice:
 * `answers: answersAs('given', { question: 'text', option: 'text' })`. Without it, questions are named by the keys of their
 * rows where `question` is mapped, else by their places; options by their values, or by the keys of their rows where
 * `option` is mapped and its `value` goes nowhere.
 */
export function answersAs<F extends string>(field: F, answers: Partial<AnswerForm>): Destination<F> {
  return { field, answers: answers as AnswerForm }
}

/** The mark of `choose`. No class: the configuration may have another copy of this package than the command line. */
export const CHOICE = 'mingle: to be chosen'

/**
 * Marks a value that `mingle init` wrote where only you can know better. `mingle check` names each that is left, and
 * nothing runs before it is gone: put a value of your own there, or the same one without `choose`.
 */
export function choose<T>(value: T): T {
  return { [CHOICE]: value } as T
}
