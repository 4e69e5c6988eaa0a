import { scryptSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDatabaseUrl, redactUrl, type TableShape } from '../../../persist/index.ts'
import { LEDGER } from '../../../persist/ledger/tables.ts'
import { models } from '../../../persist/migrate/models.ts'
import { CopyText } from '../../../persist/postgres/copy-text.ts'
import { insertBatch } from '../../../persist/prisma/insert-batch.ts'
import { DERIVED, SEED_JOBS } from '../../../persist/rows/derived.ts'
import { contentDigest, tableDigest } from '../../../persist/rows/digest.ts'
import { SequenceIds, UserIds } from '../../../persist/rows/ids.ts'
import { picsum, picturePool, postPictureSeed } from '../../../persist/rows/media.ts'
import { DEMO_PASSWORD_HASH } from '../../../persist/rows/profiles.ts'
import { LOOKUPS, TABLES } from '../../../persist/rows/tables.ts'
import { parseTime, TimeBytes } from '../../../persist/rows/times.ts'

const time = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2100, 0, 1) })

describe('times', () => {
  it('are written as Prisma writes them, and read back', () => {
    fc.assert(
      fc.property(fc.array(time), (times) => {
        const format = new TimeBytes('T', '+00:00')
        const bytes = Buffer.alloc(format.length + 2)
        for (const ms of times) {
          format.write(bytes, 1, ms)
          const text = bytes.toString('latin1', 1, format.length + 1)
          expect(text).toBe(new Date(ms).toISOString().replace('Z', '+00:00'))
          expect(parseTime(text)).toBe(ms)
        }
      }),
    )
  })

  it('are UTC whatever the spelling', () => {
    const ms = Date.UTC(2024, 0, 2, 3, 4, 5, 6)
    const spellings = ['2024-01-02 03:04:05.006', '2024-01-02T03:04:05.006Z', '2024-01-02T04:04:05.006+01:00']
    for (const text of [...spellings, new Date(ms), ms]) expect(parseTime(text)).toBe(ms)
  })
})

describe.each([1, 2])('the content digest of layout %i', (layout) => {
  const shape = {
    table: 't',
    key: 'id',
    order: ['id'],
    columns: { id: 'id', at: 'time', f: 'float', s: 'text' },
  } as const
  const rows = fc.array(fc.tuple(fc.maxSafeInteger(), fc.double({ noNaN: true }), fc.option(fc.string())))
  const batch = (values: [number, number, string | null][]) => ({
    shape,
    rows: values.length,
    columns: {
      id: Float64Array.from(values, (row) => row[0]),
      at: Float64Array.from(values, (row) => row[0] % 1e12),
      f: Float64Array.from(values, (row) => row[1]),
      s: values.map((row) => row[2]),
    },
  })

  it('does not depend on how the rows are split', () => {
    fc.assert(
      fc.property(rows, fc.nat(20), (values, at) => {
        const parts = tableDigest(layout, shape)
        parts.add(batch(values.slice(0, at)))
        parts.add(batch(values.slice(at)))
        expect(parts.hex()).toBe(contentDigest(batch(values), layout))
      }),
    )
  })

  it('sees any change of a value, and NULL beside 0 and the empty text', () => {
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        const plain = (values: unknown) => JSON.stringify(values, (_, value) => (Object.is(value, -0) ? 0 : value))
        expect(contentDigest(batch(a), layout) === contentDigest(batch(b), layout)).toBe(plain(a) === plain(b))
      }),
    )
    expect(contentDigest(batch([[0, 0, null]]), layout)).not.toBe(contentDigest(batch([[0, 0, '']]), layout))
    expect(contentDigest(batch([[Number.NaN, 0, '']]), layout)).not.toBe(contentDigest(batch([[0, 0, '']]), layout))
  })

  it('takes long texts', () => {
    const texts = ['x'.repeat(10_000), 'y', 'z'.repeat(4095), 'z'.repeat(4096)]
    const digests = texts.map((text) => contentDigest(batch([[1, 1, text]]), layout))
    expect(new Set(digests).size).toBe(4)
  })
})

describe('ids', () => {
  it('of a sequence are those of the step it lies on', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(5)), { minLength: 1 }), (days) => {
        const ids = new SequenceIds()
        const expected: number[] = []
        let next = 1
        for (const [rows, others] of days) {
          ids.add(3, expected.length, next)
          for (let i = 0; i < rows; i++) expected.push(next++)
          next += others
        }
        expected.forEach((id, sequence) => {
          expect(ids.get(3, sequence)).toBe(id)
        })
      }),
    )
  })

  it('of people and of sequences pass as data, and a day may be given other ids', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(5)), { minLength: 1 }),
        fc.nat(),
        (days, at) => {
          const ids = new SequenceIds()
          const users = new UserIds()
          const steps: [number, number][] = []
          let [first, next] = [0, 1]
          for (const [rows, others] of days) {
            ids.add(2, first, next)
            steps.push([first, next])
            for (let i = 0; i < rows; i++) users.set(first + i + 1, next + i)
            first += rows
            next += rows + others
          }
          const same = SequenceIds.of(ids.steps())
          const everybody = UserIds.of(users.runs())
          for (let i = 0; i < first; i++) {
            expect([same.get(2, i), everybody.get(i + 1)]).toEqual([ids.get(2, i), users.get(i + 1)])
          }
          // From some day on, others: as if those had been given at first.
          const from = at % steps.length
          const moved = new SequenceIds()
          steps.forEach(([start, id], i) => {
            moved.add(2, start, i < from ? id : id + 1000)
          })
          for (const [start, id] of steps.slice(from)) ids.add(2, start, id + 1000)
          for (let i = 0; i < first; i++) expect(ids.get(2, i)).toBe(moved.get(2, i))
        },
      ),
    )
  })

  it('of nobody are 0, and of no row an error', () => {
    const users = new UserIds()
    users.set(5000, 7)
    expect([users.get(5000), users.get(1), users.get(99_999)]).toEqual([7, 0, 0])
    expect(() => new SequenceIds().get(0, 0)).toThrow(RangeError)
  })
})

describe('the reference schema', () => {
  it.each(['sqlite', 'postgresql', 'mysql'] as const)('has the columns that rows are written to: %s', (provider) => {
    const all = models(provider)
    const shapes = [TABLES, LOOKUPS, LEDGER, DERIVED, { SEED_JOBS }].flatMap((some) => Object.values<TableShape>(some))
    for (const { table, columns } of shapes) {
      const there = Object.keys(all.get(table)!.fields)
      const ours =
        table === 'seed_runs' ? [...Object.keys(columns), 'claimed_by', 'claimed_until'] : Object.keys(columns)
      expect([table, [...ours].sort()]).toEqual([table, [...there].sort()])
    }
  })
})

describe('COPY text', () => {
  it('escapes what the format gives a meaning', () => {
    const values = ['a\tb', 'back\\slash', 'two\nlines\r', null, 'ünï🙂', '']
    const batch = {
      shape: {
        table: 't',
        key: 'id',
        order: ['id'],
        columns: { id: 'id', s: 'text', at: 'time', f: 'float' },
      } as const,
      rows: 6,
      columns: {
        id: Float64Array.of(0, 9, 10, 99, 4294967296, Number.NaN),
        s: values,
        at: new Float64Array(6).fill(Date.UTC(2024, 1, 29)),
        f: Float64Array.of(0.5, -1.25, 1e21, 3, 0.1, -0),
      },
    }
    const text = Buffer.concat([...new CopyText().encode(batch)]).toString()
    const at = '2024-02-29 00:00:00.000'
    expect(text).toBe(
      `0\ta\\tb\t${at}\t0.5\n9\tback\\\\slash\t${at}\t-1.25\n10\ttwo\\nlines\\r\t${at}\t1e+21\n` +
        `99\t\\N\t${at}\t3\n4294967296\tünï🙂\t${at}\t0.1\n\\N\t\t${at}\t0\n`,
    )
  })

  it('grows for long texts and is cut into pieces', () => {
    const shape = { table: 't', key: 'id', order: ['id'], columns: { id: 'id', s: 'text' } } as const
    const texts = Array.from({ length: 50 }, (_, i) => String.fromCharCode(97 + (i % 26)).repeat(i * 1000))
    const batch = { shape, rows: 50, columns: { id: Float64Array.from(texts, (_, i) => i), s: texts } }
    const pieces = [...new CopyText().encode(batch)]
    expect(pieces.length).toBeGreaterThan(2)
    expect(Buffer.concat(pieces).toString()).toBe(texts.map((text, i) => `${i}\t${text}\n`).join(''))
  })
})

describe('database URLs', () => {
  it.each([
    ['file:./x.db', { kind: 'sqlite', path: './x.db' }],
    ['file:///tmp/x.db?mode=rw', { kind: 'sqlite', path: '/tmp/x.db' }],
    ['postgres://a:b@h/d', { kind: 'postgresql', url: 'postgres://a:b@h/d' }],
    ['mariadb://a:b@h:3306/d', { kind: 'mysql', url: 'mariadb://a:b@h:3306/d' }],
    ['memory:', { kind: 'memory' }],
    ['ndjson:./out', { kind: 'ndjson', path: './out' }],
  ])('%s', (url, parsed) => {
    expect(parseDatabaseUrl(url)).toEqual(parsed)
  })

  it.each(['', 'x.db', 'file:', 'file://host/x.db', 'file:./folder/', 'oracle://h/d', 'postgresql://h', 'memory:x'])(
    'refuses %j as bad input',
    (url) => {
      expect(() => parseDatabaseUrl(url)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }))
    },
  )

  it('never show a password', () => {
    for (const url of [
      'postgresql://me:s3cret@h/d',
      'postgresql://me:s3cret@h:x/d',
      'mysql://me:s3cret@@h/d?ssl=1',
      'oracle://me:s3cret@h',
      'postgresql://h/d?user=me&password=s3cret',
      'postgresql://me:s3c/ret@h/d',
    ]) {
      expect(redactUrl(url)).not.toMatch(/s3c|ret@/)
      let message = ''
      try {
        parseDatabaseUrl(url)
      } catch (error) {
        message = (error as Error).message
      }
      expect(message).not.toMatch(/s3c|ret@/)
    }
    expect(redactUrl('file:./x.db')).toBe('file:./x.db')
  })
})

describe('what a site finds in the rows', () => {
  it('is a password that its users can log in with', () => {
    const [, , , salt, hash] = DEMO_PASSWORD_HASH.split('$')
    const made = scryptSync('mingle-demo', Buffer.from(salt!, 'base64'), 32, { N: 2 ** 14, r: 8, p: 1 })
    expect(made.toString('base64').replace(/=+$/, '')).toBe(hash)
  })

  it('is a picture from the plan’s address or from a pool of its own', () => {
    expect(picsum(7).thumbUrl).toBe('https://picsum.photos/seed/7/400/300')
    expect(picturePool(['a', 'b'])(5)).toEqual({ url: 'b', thumbUrl: 'b' })
    const seeds = Array.from({ length: 1000 }, (_, i) => postPictureSeed(i, 3, 0))
    expect(new Set(seeds).size).toBeGreaterThan(980)
  })
})

describe('insertBatch', () => {
  it('writes all rows in batches', async () => {
    const calls: number[] = []
    const table = {
      createMany: async ({ data }: { data: number[] }) => {
        calls.push(data.length)
        return { count: data.length }
      },
    }
    expect(await insertBatch(table, [1, 2, 3, 4, 5], 2, 0)).toBe(5)
    expect(calls).toEqual([2, 2, 1])
    await expect(insertBatch(table, [1], 0)).rejects.toThrow(RangeError)
  })
})
