import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { readZip } from './zip.test-kit.ts'
import { zip } from './zip.ts'

const entries = [
  { path: 'migrations/20260115120000-a.js', text: "'use strict';\n" },
  { path: 'migrations/contract/größe.js', text: '// ✓\n'.repeat(1000) },
  { path: 'empty.sql', text: '' },
]

test('what was written is found by the directory at its end, with the sums that zlib computes', () => {
  const found = readZip(Buffer.from(zip(entries, new Date('2026-11-22T14:30:07Z'))))
  expect(found).toEqual(
    entries.map(({ path, text }) => ({ path, text, crc: crc32(text), at: '2026-11-22 14:30:06' })),
  )
})
