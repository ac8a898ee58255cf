import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exitCodes } from '../../src/cli/exit-codes.ts'
import { runMigrate } from '../../src/cli/migrate.ts'
import { readFolder } from '../../src/cli/read-folder.ts'
import { folderFiles } from '../../src/database/replay/folder-cases.test-kit.ts'
import { copyFolder, realFolders } from '../fixtures/real-folders.ts'
import { withClient } from '../fixtures/real-postgres.ts'
import { runSequelizeCli } from '../fixtures/sequelize-cli.ts'

const at = realFolders()

const own = `module.exports = {
  up: (queryInterface) => queryInterface.bulkInsert('customers', [
    { email: 'own@example.com', name: 'Own', created_at: new Date(0), updated_at: new Date(0) },
  ]),
  down: (queryInterface) => queryInterface.bulkDelete('customers', { name: 'Own' }),
}
`

/** The schema of the folder with new tables, of which one refers to what is there. */
const wanted = (price: string) => `CREATE TYPE enum_orders_state AS ENUM ('new', 'baked');
CREATE TABLE customers (id serial PRIMARY KEY, email varchar(255) NOT NULL UNIQUE, name varchar(80),
  created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL);
CREATE TABLE orders (id serial PRIMARY KEY, customer_id integer NOT NULL, state enum_orders_state NOT NULL DEFAULT 'new',
  total integer NOT NULL, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL);
CREATE INDEX orders_state ON orders (state);
CREATE TABLE cakes (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, tags text[] NOT NULL,
  recipe jsonb NOT NULL, photo bytea, ${price});
CREATE TABLE favourites (customer_id integer REFERENCES customers, cake_id integer REFERENCES cakes,
  since date NOT NULL, PRIMARY KEY (customer_id, cake_id));
`

test('seeds that are written with a migration are put in and taken out by sequelize-cli on a real server', async () => {
  const folder = copyFolder(at.work, 'bakery', folderFiles('bakery'))
  copyFolder(folder, 'seeders', new Map([['20240401080000-own.js', own]]))
  symlinkSync(join(import.meta.dirname, '../../node_modules'), join(folder, 'node_modules'))
  const url = await at.server.createDatabase('seeds')
  const migrate = async (price: string) => {
    writeFileSync(join(folder, 'wanted.sql'), wanted(price))
    return run({ to: join(folder, 'wanted.sql'), seeds: true, name: `cakes ${price.length}` })
  }
  const run = async (options: Readonly<Record<string, string | true>>) => {
    const said: string[] = []
    const terminal = { out: () => undefined, note: (line: string) => void said.push(line) }
    const invocation = { command: 'migrate', inputs: [folder], options, lists: { env: [] } } as const
    expect(await runMigrate(invocation, at.database, terminal), said.join('\n')).toBe(exitCodes.done)
    return said.join('\n')
  }
  const cli = async (command: 'db:migrate' | 'db:seed:all' | 'db:seed:undo:all') => {
    const { code, out } = await runSequelizeCli(command, ['--url', url], folder)
    expect(code, out).toBe(0)
  }
  const rows = (sql: string) => withClient(url, async (client) => (await client.query(sql)).rows)
  const counts = () =>
    rows(`SELECT (SELECT count(*)::int FROM customers) AS customers, (SELECT count(*)::int FROM cakes) AS cakes,
      (SELECT count(*)::int FROM favourites) AS favourites`)

  expect(await migrate('price numeric(8,2) NOT NULL')).toContain(
    'The seeds ran up, down and up again behind the migration, 6 rows.',
  )
  const seeds = [...readFolder(folder).keys()].filter((path) => path.startsWith('seeders/')).sort()
  expect(seeds).toEqual([
    'seeders/20240401080000-own.js',
    expect.stringMatching(/-demo-cakes\.js$/),
    expect.stringMatching(/-demo-favourites\.js$/),
  ])
  await cli('db:migrate')
  await cli('db:seed:all')
  expect(await counts()).toEqual([{ customers: 1, cakes: 3, favourites: 3 }])
  // The next number is one that no row has.
  await rows(`INSERT INTO cakes (name, tags, recipe, price) VALUES ('by hand', '{}', '{}', 1)`)
  await rows(`DELETE FROM cakes WHERE name = 'by hand'`)
  await cli('db:seed:undo:all')
  expect(await counts()).toEqual([{ customers: 0, cakes: 0, favourites: 0 }])

  // The file of the table that changes is written anew, under its name.
  await migrate('cost numeric(8,2) NOT NULL, weight integer NOT NULL')
  const files = readFolder(folder)
  expect([...files.keys()].filter((path) => path.startsWith('seeders/')).sort()).toEqual(seeds)
  expect(String(files.get(seeds[1] ?? ''))).toMatch(/"?weight"?/)
  await cli('db:migrate')
  await cli('db:seed:all')
  expect(await counts()).toEqual([{ customers: 1, cakes: 3, favourites: 3 }])

  // Alone, for the table that nothing fills yet.
  expect(await run({ seeds: true })).toContain(
    'The seeds ran up, down and up again behind the migrations, 3 rows.',
  )
  const alone = [...readFolder(folder).keys()].filter((path) => path.startsWith('seeders/'))
  expect(alone).toHaveLength(seeds.length + 1)
  await cli('db:seed:undo:all')
  await cli('db:seed:all')
  expect(await rows('SELECT count(*)::int FROM orders')).toEqual([{ count: 3 }])
  expect(await run({ seeds: true })).toContain('No seeds are missing.')
})
