import { adopt } from '../core/catalog/adopt.ts'
import { type Query, readCatalog } from '../core/catalog/read-catalog.ts'
import { type Fact, type RunQuery, unmodelledFacts } from '../core/catalog/unmodelled.ts'
import { type CarriedFact, rawObjects } from '../core/import/raw-objects.ts'
import type { SourceLines } from '../core/import/source-lines.ts'
import { isSchemaObject } from '../core/kinds/schema/schema.kind.ts'
import { blankDocument, type SchemaDocument } from '../core/model/document.ts'
import type { ObjectBase, ObjectId } from '../core/model/object.ts'
import { schemaOf } from '../core/model/schema.ts'
import { defaultSchemaName } from '../core/sql/names.ts'

/** The whole of a database as a document, and what did not get into it. */
export interface ReadDocument {
  readonly document: SchemaDocument
  /** The same without what is carried verbatim. */
  readonly modelled: SchemaDocument
  readonly keyIds: ReadonlyMap<string, ObjectId>
  /** What no kind models, as raw objects. */
  readonly carried: readonly CarriedFact[]
  /** What no kind models and no statement makes. */
  readonly lost: readonly Fact[]
  /** Objects that rest on something that cannot be read. */
  readonly unresolved: readonly ObjectBase[]
}

interface ReadOptions {
  /** Which statements made what, as far as that is known. */
  readonly lines: SourceLines
  readonly newId: () => ObjectId
  /** Those of all objects that are the document's; `facts` is what no kind carries. Default: all. */
  own?(objects: readonly ObjectBase[], facts: readonly Fact[]): readonly ObjectBase[]
  /** An earlier reading of the same database, whose ids stay. */
  readonly known?: Pick<ReadDocument, 'keyIds'> & { readonly document: SchemaDocument }
}

/** Reads a database back, whatever no kind models included. `search_path` must be `public`. */
export async function readDocument(query: Query & RunQuery, options: ReadOptions): Promise<ReadDocument> {
  const { lines, newId, known } = options
  const read = await readCatalog(query, null)
  const facts = await unmodelledFacts(query)
  const own = options.own?.(read, facts) ?? read
  const adopted = adopt(own, known?.document ?? blankDocument, newId, known?.keyIds)
  const { keyIds, unresolved } = adopted
  const home = schemaOf(adopted.document).named(null, defaultSchemaName, isSchemaObject)
  if (!home) throw new Error('An adopted document has no schema public')
  const statements = new Map<string, string>()
  for (const { key, sql } of facts) {
    const only = key === null || sql !== null ? undefined : lines.only(key)
    if (key !== null && only) statements.set(key, only.sql)
  }
  const carried = rawObjects(facts, keyIds, home.id, newId, statements)
  const objects = new Map(adopted.document.objects)
  for (const { raw } of carried) objects.set(raw.id, raw)
  const kept = new Set(carried.map(({ fact }) => fact))
  return {
    document: { ...adopted.document, objects },
    modelled: adopted.document,
    keyIds,
    carried,
    lost: facts.filter((fact) => !kept.has(fact)),
    unresolved,
  }
}
