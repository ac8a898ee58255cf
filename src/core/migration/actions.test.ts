import { expect, test } from 'vitest'
import { addIndex } from '../commands/add-parts.ts'
import { addColumn } from '../commands/columns.ts'
import { createTable } from '../commands/create-table.ts'
import { after } from '../commands/edited.test-kit.ts'
import { removeObjects } from '../commands/remove-objects.ts'
import { setField } from '../commands/set-field.ts'
import { isIndex } from '../kinds/index/index.kind.ts'
import { blankDocument } from '../model/document.ts'
import { planChanges } from './plan-changes.ts'

let ids = 0
const newId = () => `id${++ids}`

test('an index is made again where another column takes the name in its expression, whatever else changes of it', () => {
  const columns = after(
    blankDocument,
    (document) => createTable(document, { id: 't', newId, name: 'contacts', x: 0, y: 0 }),
    (document) => addColumn(document, { id: 'phone', table: 't', name: 'phone' }),
    (document) => addColumn(document, { id: 'mobile', table: 't', name: 'mobile' }),
    (document) => addIndex(document, { id: 'index', table: 't', columns: ['phone'] }),
  )
  const index = [...columns.objects.values()].find(isIndex)
  const keys = index?.keys.map((key) => ({ ...key, column: null, expression: '(phone IS NULL)' })) ?? []
  const other = keys.map((key) => ({ ...key, expression: '(id IS NULL)' }))
  const from = after(columns, (document) =>
    setField(document, { object: 'index', field: 'keys', value: keys }),
  )
  const to = after(
    from,
    (document) => setField(document, { object: 'index', field: 'with', value: ['fillfactor=70'] }),
    (document) => setField(document, { object: 'index', field: 'keys', value: other }),
    (document) => removeObjects(document, ['phone']),
    (document) => setField(document, { object: 'mobile', field: 'name', value: 'phone' }),
    (document) => setField(document, { object: 'index', field: 'keys', value: keys }),
  )
  const sql = planChanges(from, to).steps.flatMap(({ statements }) => statements.map((one) => one.sql))
  const name = index?.name ?? ''
  expect(sql[0]).toBe(`DROP INDEX ${name}`)
  expect(sql.at(-1)).toBe(`CREATE INDEX ${name} ON contacts ((phone IS NULL)) WITH (fillfactor = 70)`)
})
