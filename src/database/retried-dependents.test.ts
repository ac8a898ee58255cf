import { expect, test } from 'vitest'
import { setField } from '../core/commands/set-field.ts'
import { isColumn } from '../core/kinds/column/column.kind.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { applyPatch } from '../core/model/patch.ts'
import { pgType } from '../core/model/pg-type.ts'
import { schemaOf } from '../core/model/schema.ts'
import { editsBetween, withEdits } from './document-edits.ts'
import { openDatabase } from './node-database.ts'

test('a foreign key that its column made impossible is tried again when the column is mended', async () => {
  const api = await openDatabase()
  try {
    const { document } = await api.importSql(`
      CREATE TABLE accounts (id uuid PRIMARY KEY);
      CREATE TABLE contacts (id uuid PRIMARY KEY, account_id uuid REFERENCES accounts (id));
      CREATE INDEX contacts_account ON contacts (account_id);`)
    // As the page does it: the worker gets what changed and makes the document of it.
    let sent: SchemaDocument['objects'] | null = null
    let drawn: SchemaDocument['objects'] = new Map()
    const validate = async (next: SchemaDocument) => {
      const received = withEdits(drawn, editsBetween(sent, next.objects))
      sent = next.objects
      drawn = received.objects
      const { problems } = await api.validate(received)
      return problems.map(({ code, severity }) => `${severity} ${code}`)
    }
    const column = schemaOf(document)
      .all(isColumn)
      .find(({ name }) => name === 'account_id')
    const typed = (base: SchemaDocument, type: string) =>
      applyPatch(base, setField(base, { object: column?.id ?? '', field: 'type', value: pgType(type) }))
    expect(await validate(document)).toEqual([])
    const broken = typed(document, 'integer')
    expect(await validate(broken)).toEqual(['error 42804'])
    expect(await validate(typed(broken, 'uuid'))).toEqual([])
    expect(await api.verifyShadow({ objects: drawn, diagram: new Map() })).toEqual([])
  } finally {
    await api.close()
  }
})
