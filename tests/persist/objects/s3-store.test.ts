import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadFolder, openObjects, openStore } from '../../../persist/index.ts'
import { S3Store } from '../../../persist/objects/s3/s3-store.ts'
import { type Fault, S3Stub } from '../../cluster/stores/s3-stub.ts'

let stub: S3Stub
let store: S3Store
const large = new Uint8Array(18 * 1024 * 1024).map((_, i) => (i * 31) >>> 3)
const text = (words: string) => new TextEncoder().encode(words)

beforeAll(async () => {
  process.env.AWS_ACCESS_KEY_ID = 'a'
  process.env.AWS_SECRET_ACCESS_KEY = 'b'
  stub = await S3Stub.start()
})
afterAll(async () => {
  await stub.stop()
  delete process.env.AWS_ACCESS_KEY_ID
  delete process.env.AWS_SECRET_ACCESS_KEY
})
beforeEach(() => {
  stub.objects.clear()
  stub.uploads.clear()
  stub.fault = () => undefined
  stub.conditions = true
  store = S3Store.open(`s3://runs/some/where?endpoint=${stub.endpoint}`)
})

describe('a bucket', () => {
  it('keeps objects below its prefix, lists them by key, and forgets them', async () => {
    await store.put('b/2', [text('two'), text(' halves')])
    await store.put('a/1', [text('one')])
    expect([...stub.objects.keys()].sort()).toEqual(['some/where/a/1', 'some/where/b/2'])
    expect(new TextDecoder().decode((await store.get('b/2'))!)).toBe('two halves')
    expect(await store.get('b/3')).toBeNull()
    expect(await store.list('')).toEqual([
      { key: 'a/1', bytes: 3 },
      { key: 'b/2', bytes: 10 },
    ])
    await store.remove('a/1')
    await store.remove('a/1')
    expect(await store.list('a/')).toEqual([])
  })

  it('puts new objects once, also in stores without conditions', async () => {
    expect(await store.putNew('m', text('first'))).toBeNull()
    expect(new TextDecoder().decode((await store.putNew('m', text('second')))!)).toBe('first')
    stub.conditions = false
    expect(new TextDecoder().decode((await store.putNew('m', text('third')))!)).toBe('first')
  })

  it('replaces what it has read, and nothing else', async () => {
    const other = S3Store.open(`s3://runs/some/where?endpoint=${stub.endpoint}`)
    await store.replace('manifest.json', text('1'))
    await other.get('manifest.json')
    await other.replace('manifest.json', text('2'))
    await expect(store.replace('manifest.json', text('3'))).rejects.toThrow(/another process writes to s3:\/\/runs/)
    await store.get('manifest.json')
    await store.replace('manifest.json', text('4'))
    expect(new TextDecoder().decode(stub.objects.get('some/where/manifest.json')!.bytes)).toBe('4')
  })

  it.each<[Fault, string]>([
    [500, 'PutObject'],
    [503, 'UploadPart'],
    ['reset', 'UploadPart'],
    ['reset', 'PutObject'],
    ['silent', 'PutObject'],
    ['silent', 'Complete'],
    ['silent', 'UploadPart'],
    [500, 'Complete'],
  ])('that fails with %s at %s holds the object whole, once', async (fault, at) => {
    let times = 0
    stub.fault = ({ what }) => (what === at && times++ < 2 ? fault : undefined)
    const bytes = at === 'PutObject' ? text('small') : large
    await store.put('object', [bytes])
    expect(times).toBeGreaterThanOrEqual(1)
    const there = stub.objects.get('some/where/object')!.bytes
    expect(createHash('sha256').update(there).digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'))
    expect(await store.list('')).toHaveLength(1)
    await store.sweep()
    expect(stub.uploads.size).toBe(0)
  })

  it('is swept of parts that nobody completed', async () => {
    // More than a page of them, and the store is overloaded now and then.
    for (const id of ['a', 'b', 'c', 'd', 'e']) {
      stub.uploads.set(id, { key: 'some/where/x', meta: {}, parts: new Map() })
    }
    let aborts = 0
    stub.fault = ({ what }) => (what === 'AbortUpload' && aborts++ === 1 ? 503 : undefined)
    await store.sweep()
    expect(stub.uploads.size).toBe(0)
  })

  it('that is not opened after all leaves nothing on this machine', async () => {
    const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('mingle-bucket-'))
    const before = left()
    const url = `parquet:s3://runs/none?endpoint=${stub.endpoint}`
    await expect(openStore(url, { create: false })).rejects.toThrow('there is no run of Mingle')
    await expect(openStore(url, { partition: true })).rejects.toThrow('--partition on is for')
    await expect(loadFolder(url, 'mysql://me@127.0.0.1:1/site')).rejects.toThrow()
    expect(left()).toEqual(before)
  })

  it.each([
    ['s3://', /names no bucket|is no bucket/],
    ['s3://runs?endpoint=here', /endpoint=here is no address/],
    ['s3://runs?end=x', /has a parameter 'end'/],
    ['s3://key:secret@runs/x', /holds credentials/],
    ['s3://runs?accessKeyId=x', /holds credentials/],
    ['s3://runs/%zz', /has a % that begins no character; write a % itself as %25/],
  ])('is not named by %s', async (url, words) => {
    await expect(openObjects(url)).rejects.toThrow(words)
  })
})
