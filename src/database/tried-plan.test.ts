import { expect, it } from 'vitest'
import type { Plan } from '../core/migration/plan.ts'
import type { PlanChoices } from '../core/migration/plan-migration.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { Problem } from '../core/model/problem.ts'
import { type MigrationPair, migrationPair, openNodeEngine } from './migration-pair.test-kit.ts'
import { planTried, planUntilTried } from './tried-plan.ts'

const settled = (document: SchemaDocument) => ({ written: document, canonical: document })
const online: PlanChoices = { mode: 'zero-downtime' }

function idOf({ to }: MigrationPair, name: string): string {
  const found = [...to.objects.values()].find((object) => object.name === name)
  if (!found) throw new Error(`no object ${name}`)
  return found.id
}

it('a view replaced after a rename under it shares a transaction with the index between, and the plan says so', async () => {
  const pair = await migrationPair(
    `CREATE TABLE accounts (id integer PRIMARY KEY, email text);
     CREATE VIEW contacts AS SELECT id, email FROM accounts`,
    `ALTER TABLE accounts RENAME COLUMN id TO number;
     CREATE INDEX accounts_number ON accounts (number, email);
     CREATE OR REPLACE VIEW contacts AS SELECT number AS id, email, 1 AS version FROM accounts`,
  )
  const choices = { ...online, simple: new Set([idOf(pair, 'number')]) }
  const plan = await planTried(openNodeEngine, settled(pair.from), settled(pair.to), choices)
  expect(plan.refusals).toEqual([])
  expect(plan.notes).toEqual([expect.stringContaining('in one transaction')])
  expect(plan.parts?.map(({ phase }) => phase)).toEqual(['contract'])
})

it('stages that are refused are given up for their table, and where that does not help for all', async () => {
  const pair = await migrationPair(
    'CREATE TABLE accounts (id integer, email text); CREATE TABLE leads (id integer, name text)',
    'CREATE UNIQUE INDEX accounts_email ON accounts (email); CREATE UNIQUE INDEX leads_name ON leads (name)',
  )
  const refusing = (isRefused: (plan: Plan) => boolean) => async (plan: Plan) => {
    const stoppedAt = plan.up.find(({ title }) => title.includes('accounts_email'))
    return isRefused(plan) && stoppedAt ? { plan: { ...plan, refusals: [refusal] }, stoppedAt } : { plan }
  }
  const refusal: Problem = {
    code: 'refused',
    severity: 'error',
    source: 'Migration',
    object: idOf(pair, 'accounts_email'),
    message: 'no way',
  }
  const tryWith = (isRefused: (plan: Plan) => boolean) =>
    planUntilTried(settled(pair.from), settled(pair.to), online, refusing(isRefused))
  const ways = (plan: Plan) => plan.changes?.map(({ way }) => way)

  const untouched = await tryWith(() => false)
  expect([ways(untouched), untouched.notes]).toEqual([['safe', 'safe'], undefined])

  const once = await tryWith(({ changes }) => changes?.every(({ way }) => way === 'safe') ?? false)
  expect([ways(once), once.notes]).toEqual([['simple', 'safe'], [expect.stringContaining('no way')]])

  const never = await tryWith(({ up }) => up.some(({ transactional }) => !transactional))
  expect([ways(never), never.notes]).toEqual([['simple', 'simple'], [expect.stringContaining('no way')]])

  expect((await tryWith(() => true)).refusals).toEqual([refusal])
})
