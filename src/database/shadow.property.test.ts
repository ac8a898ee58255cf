import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { schemaPair } from './arbitrary-schema.test-kit.ts'
import { openDatabase } from './node-database.ts'

/** RELATA_SHADOW_PAIRS and RELATA_SEED repeat or extend a run. */
const pairs = Number(process.env.RELATA_SHADOW_PAIRS ?? 40)
const seed = Number(process.env.RELATA_SEED ?? 53000813)

const database = await openDatabase()
afterAll(() => database.close())

test(`after random edits the shadow is what a fresh database is (seed ${seed})`, async () => {
  let followed = 0
  await fc.assert(
    fc.asyncProperty(schemaPair, async ({ a, b }) => {
      await database.validate(a)
      const { rebuilt } = await database.validate(b)
      if (!rebuilt) followed += 1
      expect(await database.verifyShadow(b)).toEqual([])
      await database.validate(a)
      expect(await database.verifyShadow(a)).toEqual([])
    }),
    { numRuns: pairs, seed, endOnFailure: true },
  )
  expect(followed).toBeGreaterThan(pairs / 4)
})
