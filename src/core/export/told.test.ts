import { expect, test } from 'vitest'
import { documentStatements } from '../ddl/ddl-of-document.ts'
import { fieldsOf, readField, withField } from '../kinds/field-access.ts'
import { kindOf } from '../kinds/registry.ts'
import { sampleDocument } from '../kinds/sample.ts'
import type { SchemaDocument } from '../model/document.ts'
import { sameValue } from '../model/equality.ts'
import type { ObjectBase } from '../model/object.ts'
import { schemaOf } from '../model/schema.ts'
import { describeTables } from './described-tables.ts'
import { exportFormats } from './formats.ts'
import { type Loss, pathOf } from './losses.ts'

const document = sampleDocument()

const withObject = (object: ObjectBase): SchemaDocument => ({
  ...document,
  objects: new Map(document.objects).set(object.id, object),
})

const sqlOf = (from: SchemaDocument) =>
  documentStatements(from)
    .map(({ sql }) => sql)
    .join(';\n')

/** A column of a primary key takes no null, whether it says so or not. */
const impliedNotNull = new Set(
  describeTables(schemaOf(document)).flatMap(({ columns }) =>
    columns.filter(({ isPrimary }) => isPrimary).map(({ column }) => `${column.id} notNull`),
  ),
)

/** For two objects of each kind, every field with every value that its kind names for it, where SQL tells them apart. */
const edits = (() => {
  const sql = sqlOf(document)
  const seen = new Map<string, number>()
  return [...document.objects.values()].flatMap((object) =>
    fieldsOf(kindOf(object)).flatMap(([name, { label, editor, sample }]) => {
      const own =
        editor.type === 'name' ? [`${object.name} too`] : editor.type === 'comment' ? ['Said of it'] : sample
      return own.flatMap((value, index) => {
        const key = `${object.kind} ${name} ${index}`
        const times = seen.get(key) ?? 0
        if (times === 2 || impliedNotNull.has(`${object.id} ${name}`)) return []
        if (sameValue(value, readField(object, name))) return []
        const edited = withField(object, name, value)
        const changed = withObject(edited)
        if (sqlOf(changed) === sql) return []
        seen.set(key, times + 1)
        return [{ title: `${object.kind} ${object.name}.${name}`, label, edited, changed }]
      })
    }),
  )
})()

/** True where the losses name the field of the object, the object, or what it lives in as a whole. */
function tell(losses: readonly Loss[], object: ObjectBase, label: string, from: SchemaDocument): boolean {
  const schema = schemaOf(from)
  const name = pathOf(object, schema)
  const said = losses.filter((loss) => loss.kind === kindOf(object).label && loss.name === name)
  const isWhole = said.some(({ reason }) => !/^(Not written: |Written as )/.test(reason))
  if (isWhole || said.some(({ reason }) => reason.includes(label.toLowerCase()))) return true
  const parent = object.parent === null ? undefined : schema.get(object.parent)
  return parent !== undefined && tell(losses, parent, '\n', from)
}

const formats = exportFormats.filter(({ id }) => id !== 'inserts')

test.each(formats.map((format) => [format.id, format] as const))(
  '%s says every change of an attribute, in its text or among what is lost',
  { timeout: 120_000 },
  async (_, format) => {
    const read = async () => ({ rows: [], truncated: false })
    const write = (from: SchemaDocument) => format.write({ document: from, title: 'Told', read })
    const before = await write(document)
    const silent: string[] = []
    for (const { title, label, edited, changed } of edits) {
      const { text, losses } = await write(changed)
      const isSaid = text !== before.text || tell(losses, edited, label, changed)
      if (!isSaid && !tell(before.losses, edited, label, changed)) silent.push(title)
    }
    expect(edits.length).toBeGreaterThan(300)
    expect([...new Set(silent)]).toEqual([])
  },
)
