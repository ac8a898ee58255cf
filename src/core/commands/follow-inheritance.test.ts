import { describe, expect, it } from 'vitest'
import { type Check, checkKind } from '../kinds/check/check.kind.ts'
import { blankColumn, type Column } from '../kinds/column/column.kind.ts'
import { publicSchema } from '../kinds/schema/schema.kind.ts'
import { blankTable } from '../kinds/table/blank-table.ts'
import type { Table } from '../kinds/table/table.kind.ts'
import type { SchemaDocument } from '../model/document.ts'
import { edit } from '../model/edit.ts'
import type { ObjectBase } from '../model/object.ts'
import { applyPatch, type Patch } from '../model/patch.ts'
import { pgType } from '../model/pg-type.ts'
import { followInheritance } from './follow-inheritance.ts'
import { keptInherited } from './kept-inherited.ts'
import { removeObjects } from './remove-objects.ts'
import { renameObject } from './rename.ts'
import { setField } from './set-field.ts'

const table = (name: string, inherits: readonly string[] = []): Table => ({
  ...blankTable,
  id: name,
  parent: 'public',
  name,
  inherits,
})
const column = (parent: string, name: string, more: Partial<Column> = {}): Column => ({
  ...blankColumn,
  id: `${parent}.${name}`,
  parent,
  name,
  ordinal: 1,
  ...more,
})
const check = (parent: string, expression: string, local = true): Check => ({
  ...checkKind.sample,
  id: `${parent} check`,
  parent,
  name: 'named',
  expression,
  local,
})

const cities: readonly ObjectBase[] = [
  publicSchema('public'),
  table('cities'),
  column('cities', 'name', { default: "'x'" }),
  column('cities', 'people'),
  check('cities', "name <> ''"),
]
const capitals: readonly ObjectBase[] = [
  table('capitals', ['cities']),
  column('capitals', 'name', { local: false, default: "'x'", comment: 'Mine' }),
  column('capitals', 'people', { local: false, default: '1' }),
  check('capitals', "name <> ''", false),
  table('small', ['capitals']),
  column('small', 'name', { local: false, default: "'y'" }),
  column('small', 'people', { local: false, default: '1' }),
  check('small', "name <> ''", false),
]

function documentOf(objects: readonly ObjectBase[]): SchemaDocument {
  return { objects: new Map(objects.map((object) => [object.id, object])), diagram: new Map() }
}

function edited(
  objects: readonly ObjectBase[],
  command: (document: SchemaDocument) => Patch,
): ReadonlyMap<string, ObjectBase> {
  const document = documentOf(objects)
  return applyPatch(document, followInheritance(document, command(document))).objects
}

/** `capitals.name`, with what of it is told. */
function partsOf(objects: ReadonlyMap<string, ObjectBase>, parent: string): readonly string[] {
  return [...objects.values()]
    .filter((object) => object.parent === parent)
    .map((object) => `${object.name}${'local' in object && object.local === true ? ' own' : ''}`)
    .toSorted()
}

describe('tables that inherit', () => {
  it('get and lose columns with the tables above', () => {
    const more = edited([...cities, ...capitals], (document) =>
      edit(document, (draft) => draft.put(column('cities', 'founded'))),
    )
    expect(partsOf(more, 'small')).toEqual(['founded', 'name', 'named', 'people'])
    const fewer = edited([...cities, ...capitals], (document) => removeObjects(document, ['cities.people']))
    expect(partsOf(fewer, 'capitals')).toEqual(['name', 'named'])
    expect(partsOf(fewer, 'small')).toEqual(['name', 'named'])
  })

  it('follow new names and types, and defaults that were the same', () => {
    const renamed = edited([...cities, ...capitals], (document) =>
      renameObject(document, { object: 'cities.name', name: 'title' }),
    )
    expect(renamed.get('small.name')).toMatchObject({ name: 'title' })
    expect(renamed.get('small check')).toMatchObject({ expression: "title <> ''" })
    const changed = edited([...cities, ...capitals], (document) =>
      edit(document, (draft) =>
        draft.put(column('cities', 'name', { type: pgType('varchar'), default: "'z'" })),
      ),
    )
    expect(changed.get('capitals.name')).toMatchObject({
      type: pgType('varchar'),
      default: "'z'",
      comment: 'Mine',
    })
    expect(changed.get('small.name')).toMatchObject({ type: pgType('varchar'), default: "'y'" })
  })

  it('keep what they have when the table above goes, as their own', () => {
    const alone = edited([...cities, ...capitals], (document) => removeObjects(document, ['cities']))
    expect(alone.get('capitals')).toMatchObject({ inherits: [] })
    expect(partsOf(alone, 'capitals')).toEqual(['name own', 'named own', 'people own'])
    expect(partsOf(alone, 'small')).toEqual(['name', 'named', 'people'])
  })

  it('get what they lack when they begin to inherit', () => {
    const begin = (objects: readonly ObjectBase[]) =>
      edited([...cities, ...objects], (document) =>
        setField(document, { object: 'towns', field: 'inherits', value: ['cities'] }),
      )
    expect(partsOf(begin([table('towns')]), 'towns')).toEqual(['name', 'named', 'people'])
    const attached = begin([table('towns'), column('towns', 'name')])
    expect(partsOf(attached, 'towns')).toEqual(['name own', 'named own', 'people own'])
  })

  it('cannot have otherwise what they inherit', () => {
    const same = edited([...cities, ...capitals], (document) =>
      renameObject(document, { object: 'capitals.name', name: 'other' }),
    )
    expect(partsOf(same, 'capitals')).toEqual(['name', 'named', 'people'])
  })
})

describe('what an inherited part keeps in spite of an edit', () => {
  const document = documentOf([...cities, ...capitals])
  const keptAfter = (command: (current: SchemaDocument) => Patch) => {
    const asked = command(document)
    return keptInherited(asked, applyPatch(document, followInheritance(document, asked)))
  }

  it('is said with the table that it comes from', () => {
    expect(keptAfter((current) => renameObject(current, { object: 'capitals.people', name: 'souls' }))).toBe(
      'people of capitals is inherited: change it in cities.',
    )
    expect(keptAfter((current) => removeObjects(current, ['small.people']))).toBe(
      'people of small is inherited: drop it in capitals.',
    )
  })

  it('is not said of what it may say for itself, nor where all follow', () => {
    const comment = { object: 'capitals.people', field: 'comment', value: 'Said here' }
    expect(keptAfter((current) => setField(current, comment))).toBeNull()
    expect(
      keptAfter((current) => renameObject(current, { object: 'cities.people', name: 'souls' })),
    ).toBeNull()
  })
})
