import { hmac } from '@noble/hashes/hmac.js'
import { md5, sha1 } from '@noble/hashes/legacy.js'
import { pbkdf2 } from '@noble/hashes/pbkdf2.js'
import { scrypt } from '@noble/hashes/scrypt.js'
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { Buffer } from 'buffer'
import { withRefusals } from './stand-in-files.ts'

const hashes = { md5, sha1, sha224, sha256, sha384, sha512 } as const

type Hash = (typeof hashes)[keyof typeof hashes]

interface Digest {
  update(bytes: Uint8Array): unknown
  digest(): Uint8Array
}

/** What migrations use of Node's `crypto`: digests, derived keys and random values. */
export function cryptoModule(): object {
  return withRefusals('crypto', {
    createHash: (name: string) => digestOf(hashNamed(name).create()),
    createHmac: (name: string, key: unknown) => digestOf(hmac.create(hashNamed(name), bytesOf(key))),
    randomBytes: (size: number) => randomBytes(size),
    randomFillSync: (bytes: Uint8Array) => {
      bytes.set(randomBytes(bytes.length))
      return bytes
    },
    randomInt: (first: number, second?: number) => randomInt(first, second),
    randomUUID,
    getRandomValues: (array: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(array),
    timingSafeEqual: (a: Uint8Array, b: Uint8Array) => Buffer.from(a).equals(Buffer.from(b)),
    pbkdf2Sync: (password: unknown, salt: unknown, iterations: number, length: number, name = 'sha1') =>
      Buffer.from(
        pbkdf2(hashNamed(name), bytesOf(password), bytesOf(salt), { c: iterations, dkLen: length }),
      ),
    scryptSync: (password: unknown, salt: unknown, length: number) =>
      Buffer.from(scrypt(bytesOf(password), bytesOf(salt), { N: 16384, r: 8, p: 1, dkLen: length })),
    getHashes: () => Object.keys(hashes),
  })
}

function hashNamed(name: string): Hash {
  const plain = name.toLowerCase().replaceAll('-', '')
  const found = Object.entries(hashes).find(([known]) => known === plain)
  if (!found) throw new Error('Digest method not supported')
  return found[1]
}

/** Node's `Hash`: `update` chains, `digest` gives bytes or text. */
function digestOf(digest: Digest) {
  const hash = {
    update(data: unknown, encoding?: string) {
      digest.update(bytesOf(data, encoding))
      return hash
    },
    digest(encoding?: string) {
      const bytes = Buffer.from(digest.digest())
      return encoding !== undefined && Buffer.isEncoding(encoding) ? bytes.toString(encoding) : bytes
    },
  }
  return hash
}

function bytesOf(data: unknown, encoding?: string): Uint8Array {
  if (data instanceof Uint8Array) return data
  const known = encoding !== undefined && Buffer.isEncoding(encoding) ? encoding : 'utf8'
  return Buffer.from(String(data), known)
}

function randomBytes(size: number): Buffer {
  const bytes = new Uint8Array(size)
  // The browser gives at most 65,536 bytes at once.
  for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536))
  return Buffer.from(bytes)
}

function randomInt(first: number, second?: number): number {
  const [from, to] = second === undefined ? [0, first] : [first, second]
  return from + Math.floor((randomBytes(4).readUInt32BE(0) / 2 ** 32) * (to - from))
}

/** Of version 4. The browser's own is missing where the origin is opaque. */
function randomUUID(): string {
  const hex = randomBytes(16).toString('hex')
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
}
