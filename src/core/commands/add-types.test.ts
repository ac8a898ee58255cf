import { expect, test } from 'vitest'
import { documentSql } from '../ddl/ddl-of-document.ts'
import type { SchemaDocument } from '../model/document.ts'
import { applyPatch } from '../model/patch.ts'
import { addCompositeType, addDomain, addMaterializedView } from './add-types.ts'

test('types and materialized views are made complete, each under a name of its own', () => {
  let count = 0
  const newId = () => `new ${++count}`
  let document: SchemaDocument = { objects: new Map(), diagram: new Map() }
  const adds = [addDomain, addCompositeType, addMaterializedView]
  for (const add of [...adds, ...adds]) {
    document = applyPatch(document, add(document, { id: newId(), newId }))
  }
  const sql = documentSql(document)
  expect(sql).toContain('CREATE DOMAIN new_domain AS text;')
  expect(sql).toContain('CREATE DOMAIN new_domain_2 AS text;')
  expect(sql).toMatch(/CREATE TYPE new_type_2 AS \(\s*new_attribute text\s*\);/)
  expect(sql).toMatch(/CREATE MATERIALIZED VIEW new_materialized_view_2 AS\s+SELECT 1 AS one/)
})
