import { DataTypes, Sequelize } from 'sequelize'
import { afterEach, expect, test } from 'vitest'
import type { Engine } from '../engine.ts'
import { nodeAssets } from '../node-assets.ts'
import { openPglite } from '../pglite-engine.ts'
import { pgModule } from './pg-module.ts'
import { SharedSession } from './shared-session.ts'

let engine: Engine | undefined

afterEach(() => engine?.close())

function open(on: Engine): Sequelize {
  return new Sequelize({
    dialect: 'postgres',
    dialectModule: pgModule(new SharedSession(on)),
    logging: false,
  })
}

const moods = (title: string) => ({ [title]: { type: DataTypes.ARRAY(DataTypes.ENUM('sad', 'glad')) } })

const values = `SELECT day, night, '[1.5,2.5)'::float8range AS span, '{4}'::int[] AS numbers FROM days, nights`

test('values of types that were made later are read as by a client that asks for all types', async () => {
  engine = await openPglite(await nodeAssets())
  const client = open(engine)
  const tables = client.getQueryInterface()
  await tables.createTable('days', moods('day'))
  await client.query('CREATE TYPE float8range AS RANGE (subtype = float8)')
  await tables.createTable('nights', moods('night'))
  await client.query(`INSERT INTO days VALUES ('{sad,glad}'); INSERT INTO nights VALUES ('{glad}')`)
  const [rows] = await client.query(values)
  expect(rows).toEqual([
    {
      day: ['sad', 'glad'],
      night: ['glad'],
      span: [
        { value: 1.5, inclusive: true },
        { value: 2.5, inclusive: false },
      ],
      numbers: [4],
    },
  ])
  const another = open(engine)
  expect((await another.query(values))[0]).toEqual(rows)
  await client.close()
  await another.close()
})
