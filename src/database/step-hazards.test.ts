import { expect, test } from 'vitest'
import type { Plan } from '../core/migration/plan.ts'
import { migrationPair, openNodeEngine } from './migration-pair.test-kit.ts'
import { tryPlan } from './trial.ts'

const base = `
CREATE TABLE accounts (id integer PRIMARY KEY, name varchar(20) NOT NULL, rating integer, note varchar(20), old_code text);
CREATE TABLE contacts (id integer PRIMARY KEY, account_id integer, other_id integer, email text, first_name text);
CREATE INDEX contacts_email ON contacts (email);
CREATE VIEW named AS SELECT id, name FROM accounts;`

async function planOf(change: string): Promise<Plan> {
  const { from, to, plan } = await migrationPair(base, change)
  const { plan: tried } = await tryPlan(openNodeEngine, from, to, plan)
  expect(tried.refusals).toEqual([])
  return tried
}

const saysHeld = /held to the end/

/** What each step of the way up says beyond what only rows could stop, by its title. */
async function upHazards(change: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const { up } = await planOf(change)
  return Object.fromEntries(
    up.map(({ title, hazards }) => [
      title,
      hazards.flatMap(({ code, message }) =>
        code === 'may-fail' || saysHeld.test(message) ? [] : [`${code}: ${message}`],
      ),
    ]),
  )
}

test('says what each step was seen to do under which lock', async () => {
  const change = `ALTER TABLE accounts ADD COLUMN plain integer DEFAULT 5 NOT NULL;
    ALTER TABLE accounts ALTER note TYPE varchar(30);
    ALTER TABLE accounts ADD COLUMN token uuid DEFAULT gen_random_uuid();
    ALTER TABLE accounts ALTER rating TYPE bigint;
    ALTER TABLE contacts ALTER first_name SET NOT NULL;
    CREATE INDEX accounts_rating ON accounts (rating);
    ALTER TABLE accounts ADD CONSTRAINT one_rating UNIQUE (rating);
    ALTER TABLE contacts ADD CONSTRAINT of_account FOREIGN KEY (account_id) REFERENCES accounts;
    ALTER TABLE contacts ADD CONSTRAINT unchecked FOREIGN KEY (other_id) REFERENCES accounts NOT VALID;
    ALTER TABLE accounts DROP COLUMN old_code;
    CREATE EXTENSION pageinspect;
    CREATE EXTENSION citext;`
  const rewrites = 'rewrites-table: Writes accounts anew while nobody can read or write accounts.'
  expect(await upHazards(change)).toEqual({
    'Add column accounts.plain': [],
    'Change type of column accounts.note': [],
    'Add column accounts.token': [rewrites],
    'Change type of column accounts.rating': [rewrites],
    'Set NOT NULL of column contacts.first_name': [
      'scans-under-lock: Reads every row of contacts while nobody can read or write contacts.',
    ],
    'Add index accounts_rating on accounts': [
      'blocks-writes: Builds accounts_rating while nobody can write to accounts.',
    ],
    'Add unique one_rating on accounts': [
      'blocks-all: Builds one_rating while nobody can read or write accounts.',
    ],
    'Add foreign key of_account on contacts': [
      'blocks-writes: Reads every row of contacts while nobody can write to accounts and contacts.',
    ],
    'Add foreign key unchecked on contacts': [],
    'Drop column accounts.old_code': [
      'loses-data: Loses every value of accounts.old_code.',
      'irreversible: Down makes it again, without what it held.',
      'breaks-code: Running code fails where it uses old_code.',
    ],
    'Create extension pageinspect': ['needs-superuser: PostgreSQL lets only a superuser do this.'],
    'Create extension citext': [],
  })
})

test('a new table is nobody’s business, though its keys point to others', async () => {
  const change = `CREATE TABLE notes (id integer PRIMARY KEY, account_id integer REFERENCES accounts, body text UNIQUE);
    CREATE INDEX notes_account ON notes (account_id)`
  expect(Object.values(await upHazards(change)).flat()).toEqual([])
})

test('a short lock becomes a long one when work follows in its transaction', async () => {
  const plan = await planOf(
    'ALTER TABLE accounts ADD COLUMN n integer; CREATE INDEX contacts_first ON contacts (first_name)',
  )
  const step = plan.up.findIndex(({ title }) => title.includes('accounts.n'))
  const hazards = plan.up[step]?.hazards ?? []
  expect(hazards.map(({ message }) => message)).toEqual([
    'Nobody can read or write accounts until step 2 is done: the lock is held to the end of the transaction.',
  ])
})

test('what down loses is said like what up loses', async () => {
  const { down } = await planOf('ALTER TABLE accounts ADD COLUMN n integer')
  expect(down[0]?.hazards).toMatchObject([{ code: 'loses-data' }])
})

test('parts of a plan carry the same hazards', async () => {
  const { from, to, plan } = await migrationPair(
    "CREATE TYPE mood AS ENUM ('a'); CREATE TABLE t (m mood, n integer)",
    "ALTER TYPE mood ADD VALUE 'b'",
    "ALTER TABLE t ALTER m SET DEFAULT 'b', ALTER n TYPE bigint",
  )
  const { plan: tried } = await tryPlan(openNodeEngine, from, to, plan)
  const { parts, up } = tried
  expect(parts?.flatMap((part) => part.up)).toEqual(up)
  expect(up.some(({ hazards }) => hazards.some(({ code }) => code === 'rewrites-table'))).toBe(true)
})
