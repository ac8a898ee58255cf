import { expect, test } from 'vitest'
import { addEnum, addSchema } from '../../core/commands/add-objects.ts'
import { after } from '../../core/commands/edited.test-kit.ts'
import { blankDocument } from '../../core/model/document.ts'
import { schemaOf } from '../../core/model/schema.ts'
import { readType, showType, typeOptions, typeTag } from './type-options.ts'

let ids = 0
const newId = () => `id${++ids}`

const schema = schemaOf(
  after(
    blankDocument,
    (document) => addEnum(document, { id: 'source', newId, name: 'lead_source' }),
    (document) => addSchema(document, { id: 'app', name: 'app' }),
    (document) => addEnum(document, { id: 'mood', newId, name: 'Mood', namespace: 'app' }),
  ),
)

test('what was typed is read and shown again in the short spelling', () => {
  const cycle = (text: string) => showType(readType(text, schema), schema)
  expect(cycle('character varying(80)')).toBe('varchar(80)')
  expect(cycle('INT')).toBe('integer')
  expect(cycle('numeric( 12 , 2 )')).toBe('numeric(12,2)')
  expect(cycle('timestamp with time zone[]')).toBe('timestamptz[]')
})

test("a user's type becomes a reference, by its schema where it needs one", () => {
  expect(readType('lead_source', schema)).toMatchObject({ ref: 'source', dimensions: 0 })
  expect(readType('lead_source[]', schema)).toMatchObject({ ref: 'source', dimensions: 1 })
  expect(readType('app."Mood"', schema)).toMatchObject({ ref: 'mood' })
  expect(readType('"Mood"', schema).ref).toBeNull()
  expect(showType(readType('app."Mood"', schema), schema)).toBe('app."Mood"')
})

test('own types are offered first, with what they are', () => {
  const options = typeOptions(schema)
  expect(options[0]).toEqual({ value: 'lead_source', detail: 'enum' })
  expect(options.map(({ value }) => value)).toEqual(expect.arrayContaining(['uuid', 'varchar', 'text[]']))
  expect(new Set(options.map(({ value }) => value)).size).toBe(options.length)
})

test('the tag says what a type is beyond its name', () => {
  expect(typeTag(readType('lead_source', schema), schema)).toBe('enum')
  expect(typeTag(readType('lead_source[]', schema), schema)).toBe('array')
  expect(typeTag(readType('uuid', schema), schema)).toBeNull()
})
