import { expect, test } from 'vitest'
import { addForeignKey } from '../../core/commands/add-foreign-key.ts'
import { addUnique } from '../../core/commands/add-parts.ts'
import { addColumn } from '../../core/commands/columns.ts'
import { createTable } from '../../core/commands/create-table.ts'
import { isColumn } from '../../core/kinds/column/column.kind.ts'
import { isForeignKey } from '../../core/kinds/foreign-key/foreign-key.kind.ts'
import { blankDocument, type SchemaDocument } from '../../core/model/document.ts'
import { applyPatch } from '../../core/model/patch.ts'
import { pgType } from '../../core/model/pg-type.ts'
import { schemaOf } from '../../core/model/schema.ts'
import { cardinalityOf } from './cardinality.ts'

let ids = 0
const newId = () => `id${++ids}`

function withTable(document: SchemaDocument, id: string, name: string): SchemaDocument {
  return applyPatch(document, createTable(document, { id, newId, name, x: 0, y: 0 }))
}

function withKey(from: string, to: string, names: readonly string[], notNull: boolean): SchemaDocument {
  let document = withTable(blankDocument, from, from)
  if (to !== from) document = withTable(document, to, to)
  for (const name of names) {
    const column = newId()
    document = applyPatch(
      document,
      addColumn(document, { id: column, table: from, name, column: { type: pgType('uuid'), notNull } }),
    )
    const parent = schemaOf(document)
      .childrenOf(to, isColumn)
      .find((candidate) => candidate.name === 'id')
    document = applyPatch(
      document,
      addForeignKey(document, {
        id: newId(),
        columns: [column],
        newId,
        referencedTable: to,
        referencedColumns: [parent?.id ?? ''],
        table: from,
      }),
    )
  }
  return document
}

function sentence(document: SchemaDocument): string | undefined {
  const schema = schemaOf(document)
  const key = schema.all(isForeignKey)[0]
  return (
    key &&
    cardinalityOf(key, schema)
      ?.map((phrase) => phrase.text)
      .join('')
  )
}

test('a mandatory key to another table', () => {
  expect(sentence(withKey('opportunities', 'accounts', ['account_id'], true))).toBe(
    'Each opportunity has exactly one account. An account has any number of opportunities.',
  )
})

test('nullable and unique', () => {
  const document = withKey('audit_logs', 'users', ['user_id'], false)
  const column = schemaOf(document)
    .all(isColumn)
    .find((candidate) => candidate.name === 'user_id')
  const unique = applyPatch(
    document,
    addUnique(document, { id: newId(), table: 'audit_logs', columns: [column?.id ?? ''] }),
  )
  expect(sentence(unique)).toBe('Each audit log has at most one user. A user has at most one audit log.')
})

test('two keys to one table, or a key to its own table, name their columns', () => {
  expect(sentence(withKey('orders', 'addresses', ['billing_id', 'shipping_id'], true))).toBe(
    'Each order has exactly one address through billing_id. An address has any number of orders.',
  )
  expect(sentence(withKey('employees', 'employees', ['manager_id'], false))).toBe(
    'Each employee has at most one employee through manager_id. An employee has any number of employees.',
  )
})
