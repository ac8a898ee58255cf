import type { Fact } from '../core/catalog/unmodelled.ts'
import type { CarriedFact } from '../core/import/raw-objects.ts'
import { SourceLines } from '../core/import/source-lines.ts'
import { kindOf } from '../core/kinds/registry.ts'
import { isRole } from '../core/kinds/role/role.kind.ts'
import { isSchemaObject } from '../core/kinds/schema/schema.kind.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { ObjectBase, ObjectId } from '../core/model/object.ts'
import { schemaOf } from '../core/model/schema.ts'
import { defaultSchemaName } from '../core/sql/names.ts'
import { type ParseSql, splitSql } from '../core/sql/split.ts'
import type { CallOptions, ImportedObject, ImportResult } from './api.ts'
import type { OpenEngine } from './engine.ts'
import { reportOutcomes } from './import-report.ts'
import { runSource, type ScratchRun } from './import-run.ts'
import { keepWrittenText } from './import-written.ts'
import { readDocument } from './read-document.ts'

export interface ImportOptions extends CallOptions {
  /** Makes ids of the objects. Default: random UUIDs. */
  readonly newId?: () => ObjectId
}

/**
 * Runs SQL in a scratch database and reads the schema back. What a person can cause is in the report, object by object;
 * rejects with an AbortError when cancelled and with EngineCrash when no engine starts.
 */
export async function importSql(
  sql: string,
  open: OpenEngine,
  parse: ParseSql,
  options: ImportOptions = {},
): Promise<ImportResult> {
  const begun = performance.now()
  const source = splitSql(sql, parse)
  const run = await runSource(source, open, options)
  try {
    options.onProgress?.({ done: source.length, total: source.length, phase: 'Reading the catalogue' })
    const lines = new SourceLines()
    for (const { statement, outcome } of run.outcomes) {
      if (outcome.type === 'ran') lines.note(statement, outcome.oids)
    }
    const read = await readScratch(run, lines, options.newId ?? (() => crypto.randomUUID()))
    const objects = [...read.objects, ...reportOutcomes(run.outcomes)]
    const document = await keepWrittenText(read.document, read.keyIds, lines, open, options)
    return {
      document,
      report: { objects, statements: source.length, milliseconds: performance.now() - begun },
    }
  } finally {
    await run.engine.close()
  }
}

interface ReadScratch {
  readonly document: SchemaDocument
  readonly keyIds: ReadonlyMap<string, ObjectId>
  readonly objects: readonly ImportedObject[]
}

async function readScratch(run: ScratchRun, lines: SourceLines, newId: () => ObjectId): Promise<ReadScratch> {
  const { strangers, assumedRoles } = run
  const read = await readDocument(run.engine, { lines, newId, strangers })
  return {
    document: read.document,
    keyIds: read.keyIds,
    objects: [
      ...keptObjects(read.modelled, read.keyIds, lines, new Set(assumedRoles)),
      ...read.carried.map(verbatim(lines)),
      ...read.lost.map(lostFact),
      ...read.unresolved.map(lostObject),
    ],
  }
}

/** Objects with a kind; a table's columns are named by their table. */
function keptObjects(
  document: SchemaDocument,
  keyIds: ReadonlyMap<string, ObjectId>,
  lines: SourceLines,
  assumedRoles: ReadonlySet<string>,
): readonly ImportedObject[] {
  const keys = new Map([...keyIds].map(([key, id]) => [id, key]))
  const schema = schemaOf(document)
  return [...document.objects.values()].flatMap((object) => {
    const key = keys.get(object.id)
    const maker = key === undefined ? undefined : lines.maker(key)
    // Columns are told by their table; the schema public was there before.
    if (kindOf(object).mentionedBy === 'siblings' || (isSchemaObject(object) && !maker)) return []
    const line = maker?.line ?? lineOfParent(object, keys, lines)
    const name = pathOf(object, (id) => schema.get(id))
    const assumed = isRole(object) && assumedRoles.has(object.name)
    return [
      {
        kind: object.kind,
        name,
        outcome: 'kept' as const,
        ...(assumed
          ? { reason: 'Named in the source but not created there: made only where it is missing' }
          : {}),
        ...(line === undefined ? {} : { line }),
      },
    ]
  })
}

function lineOfParent(
  object: ObjectBase,
  keys: ReadonlyMap<ObjectId, string>,
  lines: SourceLines,
): number | undefined {
  return object.parent === null ? undefined : lines.maker(keys.get(object.parent) ?? null)?.line
}

/** `app.contacts.contacts_pkey`; the schema `public` is left out. */
function pathOf(object: ObjectBase, get: (id: ObjectId) => ObjectBase | undefined): string {
  const parent = object.parent === null ? undefined : get(object.parent)
  if (!parent || (isSchemaObject(parent) && parent.name === defaultSchemaName)) return object.name
  return `${pathOf(parent, get)}.${object.name}`
}

function verbatim(lines: SourceLines): (carried: CarriedFact) => ImportedObject {
  return ({ raw, fact }) => {
    // A schema may have been there before; its first mention makes nothing.
    const home = fact.parent?.startsWith('n') ? null : fact.parent
    const line = (lines.maker(fact.key) ?? lines.maker(home))?.line
    return {
      kind: fact.type,
      name: fact.identity.slice(fact.type.length + 1),
      outcome: 'verbatim',
      reason: `Carried as its statement: ${fact.type} has no editor yet`,
      sql: raw.sql,
      ...(line === undefined ? {} : { line }),
    }
  }
}

function lostFact(fact: Fact): ImportedObject {
  return {
    kind: fact.type,
    name: fact.identity.slice(fact.type.length + 1),
    outcome: 'refused',
    reason: 'Lost: several statements made it, and it cannot be written as one',
  }
}

function lostObject(object: ObjectBase): ImportedObject {
  return {
    kind: object.kind,
    name: object.name,
    outcome: 'refused',
    reason: 'Lost: it rests on something that cannot be read',
  }
}
