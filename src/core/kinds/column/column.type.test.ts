import { expect, it } from 'vitest'
import type { SchemaDocument } from '../../model/document.ts'
import { parsePgType } from '../../model/pg-type.ts'
import { schemaOf } from '../../model/schema.ts'
import { type Domain, domainKind } from '../domain/domain.kind.ts'
import { publicSchema, schemaKind } from '../schema/schema.kind.ts'
import { tableKind } from '../table/table.kind.ts'
import { type Column, columnKind, isColumn } from './column.kind.ts'
import { alterType } from './column.type.ts'

const type = (text: string) => parsePgType(text, () => null)
const column = (text: string, more: Partial<Column> = {}): Column => ({
  ...columnKind.sample,
  type: type(text),
  ...more,
})
const objects = [publicSchema('public'), schemaKind.sample, tableKind.sample]
const document: SchemaDocument = {
  objects: new Map(objects.map((each) => [each.id, each])),
  diagram: new Map(),
}
const schema = schemaOf(document)

const hazards = (from: Column, to: Column) => alterType.hazards?.(from, to, schema) ?? []
const sql = (from: Column, to: Column) => {
  const statements = alterType.statements(from, to, schema)
  return statements === 'replace' ? 'replace' : statements.map((each) => each.sql)
}

it.each([
  ['varchar(50)', 'varchar(100)'],
  ['varchar(50)', 'varchar'],
  ['varchar(50)', 'text'],
  ['text', 'varchar'],
  ['numeric(10,2)', 'numeric(12,2)'],
  ['numeric(10,2)', 'numeric'],
  ['timestamptz(3)', 'timestamptz'],
])('%s to %s keeps every value where it is', (from, to) => {
  expect(hazards(column(from), column(to))).toEqual([])
})

it.each([
  ['integer', 'bigint', undefined],
  ['bigint', 'integer', 'Numbers beyond the range of integer in score stop the migration.'],
  ['text', 'varchar(50)', 'Values longer than 50 characters in score stop the migration.'],
  ['varchar(50)', 'varchar(20)', 'Values longer than 20 characters in score stop the migration.'],
  ['numeric', 'integer', 'The fraction of every number in score is lost.'],
  ['timestamptz', 'date', 'The time of day in score is lost.'],
  ['timestamp', 'timestamptz', 'Values of score are read in the time zone of the session that migrates.'],
  ['integer', 'text', undefined],
  ['text[]', 'inet[]', 'Values that are no inet[] in score stop the migration.'],
  ['text', 'uuid', 'Values that are no uuid in score stop the migration.'],
  [
    'date',
    'uuid',
    'Stops when PostgreSQL has no automatic conversion to uuid, or a value of score does not convert.',
  ],
])('%s to %s: %s', (from, to, message) => {
  const found = hazards(column(from), column(to))
  expect(found.map((hazard) => hazard.message)).toEqual(message === undefined ? [] : [message])
})

it('warns of what an expression of one’s own may drop', () => {
  const to = column('integer', { using: 'length(score)' })
  expect(hazards(column('text'), to).map(({ code }) => code)).toEqual(['may-fail', 'loses-data'])
})

it('takes a default off while the type changes, and guesses no USING', () => {
  expect(sql(column('text', { default: "'7'" }), column('integer', { default: "'7'" }))).toEqual([
    "ALTER TABLE app.contacts\n  ALTER COLUMN score DROP DEFAULT,\n  ALTER COLUMN score TYPE integer,\n  ALTER COLUMN score SET DEFAULT '7'",
  ])
  expect(sql(column('varchar(5)', { default: "'7'" }), column('varchar(9)', { default: "'7'" }))).toEqual([
    'ALTER TABLE app.contacts ALTER COLUMN score TYPE varchar(9)',
  ])
  expect(sql(column('text'), column('integer', { using: 'length(score)' }))).toEqual([
    'ALTER TABLE app.contacts ALTER COLUMN score TYPE integer USING length(score)',
  ])
  expect(sql(column('date'), column('uuid'))).toEqual([
    'ALTER TABLE app.contacts ALTER COLUMN score TYPE uuid',
  ])
})

it('reads text as the type that it came from on the way down, where no cast would cut it', () => {
  const code: Domain = {
    ...domainKind.sample,
    id: 'code',
    name: 'code',
    parent: 'public',
    type: type('varchar(3)'),
  }
  const withCode = schemaOf({ ...document, objects: new Map([...document.objects, [code.id, code]]) })
  const isCode = column('code', { type: { base: 'code', modifiers: '', dimensions: 0, ref: 'code' } })
  const using = (from: Column, to: Column) => {
    const restored = alterType.restored?.(from, to, withCode)
    return restored && isColumn(restored) ? restored.using : 'not a column'
  }
  expect(using(column('varchar(5)'), column('uuid'))).toBe('score::uuid')
  expect(using(column('text[]'), column('inet[]'))).toBe('score::inet[]')
  expect(using(column('text'), column('uuid', { using: 'md5(score)::uuid' }))).toBe('md5(score)::uuid')
  for (const to of [column('bit(3)'), column('varchar(3)[]'), isCode, column('varchar(3)')]) {
    expect(using(column('text'), to)).toBeNull()
  }
  expect(using(column('date'), column('uuid'))).toBeNull()
})

it('leaves a type alone that only has another name now', () => {
  const before = column('x', { type: { base: 'mood', modifiers: '', dimensions: 0, ref: 'e' } })
  expect(sql(before, { ...before, type: { ...before.type, base: 'feeling' } })).toEqual([])
  expect(
    alterType.disturbs?.(before, { ...before, type: { ...before.type, base: 'feeling' } }, schema),
  ).toEqual([])
})
