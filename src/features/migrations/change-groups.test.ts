import { expect, test } from 'vitest'
import { addIndex } from '../../core/commands/add-parts.ts'
import { addColumn } from '../../core/commands/columns.ts'
import { createTable } from '../../core/commands/create-table.ts'
import { after } from '../../core/commands/edited.test-kit.ts'
import { removeObjects } from '../../core/commands/remove-objects.ts'
import { setField } from '../../core/commands/set-field.ts'
import { planMigration } from '../../core/migration/plan-migration.ts'
import { selectChanges } from '../../core/migration/selected-changes.ts'
import { blankDocument, type SchemaDocument } from '../../core/model/document.ts'
import { pgType } from '../../core/model/pg-type.ts'
import { changeGroups } from './change-groups.ts'

let ids = 0
const newId = () => `id${++ids}`

const contacts = after(
  blankDocument,
  (document) => createTable(document, { id: 't', newId, name: 'contacts', x: 0, y: 0, colour: 'blue' }),
  (document) => addColumn(document, { id: 'old', table: 't', name: 'old' }),
  (document) =>
    addColumn(document, { id: 'name', table: 't', name: 'name', column: { type: pgType('varchar', '50') } }),
)

function groups(to: SchemaDocument) {
  const canonical = (document: SchemaDocument) => ({
    written: document,
    canonical: document,
    unmodelled: new Map<string, string>(),
  })
  const plan = planMigration(canonical(contacts), canonical(to))
  expect(plan.refusals).toEqual([])
  return changeGroups(plan, { from: contacts, to })
}

test('changes stand under their table with sign, sentence and steps', () => {
  const to = after(
    contacts,
    (document) =>
      addColumn(document, {
        id: 'custom',
        table: 't',
        name: 'custom_fields',
        column: { type: pgType('jsonb'), notNull: true, default: "'{}'" },
      }),
    (document) => addIndex(document, { id: 'index', table: 't', columns: ['custom'], method: 'gin' }),
    (document) => removeObjects(document, ['old']),
    (document) => setField(document, { object: 'name', field: 'type', value: pgType('text') }),
  )
  const [group, ...others] = groups(to)
  expect(others).toEqual([])
  expect(group).toMatchObject({ name: 'contacts', colour: 'blue' })
  const lines = group?.changes.map(({ sign, name, summary }) => `${sign} ${name}: ${summary}`)
  expect(lines?.toSorted()).toEqual([
    '+ contacts_custom_fields_idx: gin (custom_fields)',
    "+ custom_fields: jsonb, not null, default '{}'",
    '~ name: type varchar(50) → text',
    '− old: text',
  ])
  const steps = group?.changes.map((change) => change.steps).toSorted()
  expect(steps).toEqual(['1', '2', '3', '4'])
})

test('what is lost is said, for the way up and for the way back', () => {
  const [group] = groups(after(contacts, (document) => removeObjects(document, ['old'])))
  expect(group?.changes[0]?.hazards).toContainEqual(
    expect.objectContaining({ code: 'loses-data', direction: 'up' }),
  )
})

test('what is left pending stays in its place, without steps; what is needed says by whom', () => {
  const add = (id: string) => (document: SchemaDocument) => addColumn(document, { id, table: 't', name: id })
  const to = after(contacts, add('a'), add('b'), (document) =>
    addIndex(document, { id: 'index', table: 't', columns: ['b'] }),
  )
  const selection = selectChanges(contacts, to, new Set(['a', 'b']))
  const settled = (document: SchemaDocument) => ({ written: document, canonical: document })
  const plan = planMigration(settled(contacts), settled(selection.document))
  const ends = { from: contacts, to: selection.document }
  const [group] = changeGroups(plan, ends, { from: contacts, to, selection })
  const lines = group?.changes.map(({ object, steps, choice }) => [object, steps, choice])
  expect(lines).toEqual([
    ['a', '', { state: 'left' }],
    ['b', '1', { state: 'needed', by: 'index contacts_b_idx' }],
    ['index', '2', { state: 'selected' }],
  ])
})
