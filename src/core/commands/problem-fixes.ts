import { isColumn } from '../kinds/column/column.kind.ts'
import { isForeignKey } from '../kinds/foreign-key/foreign-key.kind.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectBase } from '../model/object.ts'
import { type Fix, type Problem, saidByPostgres } from '../model/problem.ts'
import { type Schema, schemaOf } from '../model/schema.ts'
import { qualifiedNameOf, typeName } from '../sql/names.ts'
import { quoteName } from '../sql/quote.ts'
import { addExtension } from './add-objects.ts'
import { addUnique } from './add-parts.ts'
import { driftFix } from './drift-fixes.ts'
import type { NewId } from './naming.ts'
import { setField } from './set-field.ts'
import { takePasswordsOut } from './stored-passwords.ts'

/** What may stand in a message as missing, by the extension that brings it (docs F, pgvector's README). */
const providers: readonly (readonly [string, RegExp])[] = [
  ['uuid-ossp', /^uuid_generate_v\d/],
  ['pgcrypto', /^(crypt|gen_salt|digest|hmac|pgp_\w+)$/],
  ['pg_trgm', /^(gin_trgm_ops|gist_trgm_ops|similarity|word_similarity)$/],
  ['citext', /^citext$/],
  ['hstore', /^hstore$/],
  ['ltree', /^(ltree|lquery|ltxtquery|gist_ltree_ops)$/],
  ['unaccent', /^unaccent$/],
  ['intarray', /^(gin__int_ops|gist__int_ops|gist__intbig_ops|query_int)$/],
  ['vector', /^(vector|halfvec|sparsevec|vector_\w+_ops)$/],
]

/** A cure for what PostgreSQL refused, as far as its words tell one; null where a person has to decide. */
export function fixFor(problem: Problem, document: SchemaDocument, newId: NewId): Fix | null {
  if (problem.fix) return problem.fix
  if (problem.drift) return driftFix(problem.drift, document, newId)
  if (problem.code === 'stored-password') {
    return { title: 'Take the passwords out', patch: takePasswordsOut(document), inPast: 'passwords' }
  }
  if (problem.severity !== 'error' || !saidByPostgres(problem)) return null
  const schema = schemaOf(document)
  const object = problem.object === undefined ? undefined : schema.get(problem.object)
  return (
    conversion(problem, object, document) ??
    sameType(problem, object, schema) ??
    uniqueTarget(problem, object, schema, newId) ??
    missingExtension(problem, document, newId)
  )
}

/** 42804 with the hint: You might need to specify "USING source::lead_source". */
function conversion(problem: Problem, object: ObjectBase | undefined, document: SchemaDocument): Fix | null {
  const expression = /specify "USING (.+)"/.exec(problem.hint ?? '')?.[1]
  if (problem.code !== '42804' || expression === undefined || !object || !isColumn(object)) return null
  return {
    title: 'Add USING',
    patch: setField(document, { object: object.id, field: 'using', value: expression }),
    ...(problem.sql === undefined ? {} : { sql: `${problem.sql}\n  USING ${expression};` }),
  }
}

/** 42804 of a foreign key: its columns are of another type than those they refer to. */
function sameType(problem: Problem, object: ObjectBase | undefined, schema: Schema): Fix | null {
  if (problem.code !== '42804' || !object || !isForeignKey(object)) return null
  const pairs = object.columns.map((id, index) => ({
    own: schema.find(id, isColumn),
    other: schema.find(object.referencedColumns[index], isColumn),
  }))
  const wrong = pairs.find(
    ({ own, other }) => own && other && typeName(own.type, schema) !== typeName(other.type, schema),
  )
  if (!wrong?.own || !wrong.other) return null
  const type = typeName(wrong.other.type, schema)
  const name = quoteName(wrong.own.name)
  return {
    title: `Change ${wrong.own.name} to ${type}`,
    patch: setField(schema.document, { object: wrong.own.id, field: 'type', value: wrong.other.type }),
    sql: `ALTER TABLE ${qualifiedNameOf(wrong.own.parent, schema)}\n  ALTER COLUMN ${name} TYPE ${type};`,
  }
}

/** 42830: what a foreign key refers to must be unique. */
function uniqueTarget(
  problem: Problem,
  object: ObjectBase | undefined,
  schema: Schema,
  newId: NewId,
): Fix | null {
  if (problem.code !== '42830' || !object || !isForeignKey(object)) return null
  const { referencedTable, referencedColumns } = object
  const columns = referencedColumns.flatMap((id) => schema.find(id, isColumn)?.name ?? [])
  const table = schema.get(referencedTable)
  if (!table || columns.length !== referencedColumns.length) return null
  const target = qualifiedNameOf(referencedTable, schema)
  return {
    title: `Make ${table.name}.${columns.join(', ')} unique`,
    patch: addUnique(schema.document, { id: newId(), table: referencedTable, columns: referencedColumns }),
    sql: `ALTER TABLE ${target}\n  ADD UNIQUE (${columns.map(quoteName).join(', ')});`,
  }
}

/** 42704 and 42883: a type, operator class or function that an extension would bring. */
function missingExtension(problem: Problem, document: SchemaDocument, newId: NewId): Fix | null {
  if (problem.code !== '42704' && problem.code !== '42883') return null
  const missing = /^(?:type|function|operator class) "?([\w.]+)/.exec(problem.message)?.[1]?.split('.').at(-1)
  const extension = providers.find(([, pattern]) => missing !== undefined && pattern.test(missing))?.[0]
  if (extension === undefined) return null
  const patch = addExtension(document, { id: newId(), name: extension })
  if (patch.objects.added.size === 0) return null
  return { title: `Add extension ${extension}`, patch, sql: `CREATE EXTENSION ${quoteName(extension)};` }
}
