import { deflateRawSync, crc32 as sumOf } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fuzzRuns } from '../core/import/mutated.test-kit.ts'
import { readZipFolder } from './unzip.ts'
import { zip } from './zip.ts'

const at = new Date('2026-11-22T14:30:07Z')
const wanted = (path: string) => !path.includes('node_modules')
const open = (bytes: Uint8Array<ArrayBuffer>, name = 'shop.zip') =>
  readZipFolder(new Blob([bytes]), name, wanted)

interface Packed {
  readonly path: string
  readonly data: Uint8Array
  /** What the list says of it, where that is not so. */
  readonly size?: number
  readonly flags?: number
  readonly method?: number
}

/** An archive as other tools write it: deflated. */
function deflated(files: readonly Packed[]): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = []
  const list: Buffer[] = []
  let offset = 0
  for (const { path, data, size = data.length, flags = 0, method = 8 } of files) {
    const name = Buffer.from(path)
    const packed = deflateRawSync(data)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(flags, 2)
    fields.writeUInt16LE(method, 4)
    fields.writeUInt32LE(sumOf(data), 10)
    fields.writeUInt32LE(packed.length, 14)
    fields.writeUInt32LE(size, 18)
    fields.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), fields, name, packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    list.push(Buffer.from('PK\u0001\u0002\u0014\u0000'), fields, rest, name)
    parts.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(list)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(files.length, 4)
  end.writeUInt16LE(files.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(offset, 12)
  return new Uint8Array(Buffer.concat([...parts, directory, Buffer.from('PK\u0005\u0006'), end]))
}

const text = (content: string) => new TextEncoder().encode(content)

test('a folder that holds everything is the archive itself; what is not wanted stays packed', async () => {
  const files = [
    { path: 'shop-main/', data: text('') },
    { path: 'shop-main/migrations/1-größe.js', data: text('// ✓\n'.repeat(5000)) },
    { path: 'shop-main/logo.png', data: new Uint8Array([255, 254, 0]) },
    { path: 'shop-main/node_modules/x/index.js', data: text('x'), flags: 1 },
    { path: '__MACOSX/shop-main/._1', data: text('x') },
  ]
  expect(await open(deflated(files))).toEqual({
    name: 'shop-main',
    files: new Map<string, unknown>([
      ['migrations/1-größe.js', '// ✓\n'.repeat(5000)],
      ['logo.png', new Uint8Array([255, 254, 0])],
    ]),
    tooLarge: [],
    handle: null,
  })
})

test('files at the top stay there, stored ones are read too', async () => {
  const entries = [
    { path: 'migrations/1.js', text: 'one' },
    { path: '.sequelizerc', text: '' },
  ]
  expect(await open(zip(entries, at))).toMatchObject({
    name: 'shop',
    files: new Map(entries.map((entry) => [entry.path, entry.text])),
  })
})

test('what is large is named and not unpacked; what lies about its size is given up there', async () => {
  const zeros = new Uint8Array(5 * 1024 * 1024)
  expect(await open(deflated([{ path: 'a/dump.sql', data: zeros }]))).toMatchObject({
    files: new Map(),
    tooLarge: ['dump.sql'],
  })
  expect(await open(deflated([{ path: 'a/bomb.js', data: zeros, size: 10 }]))).toEqual({
    failure: 'shop.zip cannot be read. “a/bomb.js” is damaged in it.',
  })
  const many = Array.from({ length: 33 }, (_, index) => ({
    path: `a/${index}.js`,
    data: zeros.subarray(0, 4194304),
  }))
  expect(await open(deflated(many))).toMatchObject({ failure: expect.stringContaining('128 MB') })
})

const one = { path: 'm/1.js', data: text('one') }

test.each([
  ['another file', text('no zip at all'), 'The list of files at its end is missing'],
  ['half of one', deflated([one]).slice(0, 40), 'The list of files at its end is missing'],
  ['an encrypted file', deflated([{ ...one, flags: 1 }]), '“m/1.js” is encrypted'],
  ['another method', deflated([{ ...one, method: 14 }]), 'by a method (14)'],
  ['a path that leads out', deflated([{ ...one, path: '../../etc/x' }]), 'leads out of the archive'],
  ['content that is no deflate', deflated([one]).with(36, 255), '“m/1.js” is damaged'],
])('%s is refused with a sentence', async (_, bytes, sentence) => {
  expect(await open(new Uint8Array(bytes))).toMatchObject({ failure: expect.stringContaining(sentence) })
})

test('spoilt bytes give files or a sentence', async () => {
  const whole = deflated([one, { path: 'm/2.js', data: text('two'.repeat(300)) }])
  const byte = fc.tuple(fc.nat({ max: whole.length - 1 }), fc.integer({ min: 0, max: 255 }))
  const spoilt = fc
    .tuple(
      fc.array(byte, { maxLength: 4 }),
      fc.oneof(fc.constant(whole.length), fc.nat({ max: whole.length })),
    )
    .map(([bytes, length]) => bytes.reduce((now, [at, to]) => now.with(at, to), whole).slice(0, length))
  await fc.assert(
    fc.asyncProperty(spoilt, async (bytes) => {
      const read = await open(new Uint8Array(bytes))
      if ('failure' in read) expect(read.failure).toMatch(/^shop\.zip cannot be read\. ./)
    }),
    { numRuns: fuzzRuns(300) },
  )
})
