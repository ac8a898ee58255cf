import { describe, expect, test } from 'vitest'
import { proving } from './proving.test-kit.ts'

const { engine, prove, firstValue } = proving()

const serial = 'CREATE TABLE "My contacts" ("the id" serial PRIMARY KEY, name text)'
const identity = (options = '') =>
  `ALTER TABLE "My contacts" ALTER "the id" DROP DEFAULT; DROP SEQUENCE "My contacts_the id_seq";
   ALTER TABLE "My contacts" ALTER "the id" ADD GENERATED ALWAYS AS IDENTITY ${options}`
const rows = `INSERT INTO "My contacts" (name) VALUES ('a'), ('b'), ('c')`

/** The number that the next row gets, and where it comes from, without getting it. */
async function next(): Promise<unknown> {
  await engine().run('SAVEPOINT next')
  const sequence = `pg_get_serial_sequence('"My contacts"', 'the id')`
  const found = await firstValue(`select nextval(${sequence}) || ' of ' || ${sequence}`)
  await engine().run('ROLLBACK TO next')
  return found
}

const goesOn = async () => expect(await next()).toBe('4 of public."My contacts_the id_seq"')

describe('a serial column', () => {
  test('becomes an identity that goes on, under the same name, and serial again', async () => {
    const plan = await prove(serial, identity(), rows, goesOn)
    expect(plan.up.flatMap(({ hazards }) => hazards.map(({ code }) => code))).toEqual(['may-fail'])
    expect(plan.down.flatMap(({ hazards }) => hazards)).toEqual([])
  })

  test('comes of an identity, and goes on', async () => {
    const base =
      'CREATE TABLE "My contacts" ("the id" int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text)'
    const change = `ALTER TABLE "My contacts" ALTER "the id" DROP IDENTITY; CREATE SEQUENCE "My contacts_the id_seq" AS int OWNED BY "My contacts"."the id";
      ALTER TABLE "My contacts" ALTER "the id" SET DEFAULT nextval('"My contacts_the id_seq"')`
    await prove(base, change, rows, goesOn)
  })

  test('becomes an identity of a wider type in the same migration', () =>
    prove(
      serial,
      `${identity('(CACHE 5)')}; ALTER TABLE "My contacts" ALTER "the id" TYPE bigint`,
      rows,
      goesOn,
    ))

  test('is renamed with its table while it becomes an identity', () =>
    prove(serial, `${identity()}; ALTER TABLE "My contacts" RENAME TO people`, rows, async () =>
      expect(await firstValue(`select nextval(pg_get_serial_sequence('people', 'the id'))`)).toBe('4'),
    ))
})
