import { documentSql } from '../ddl/ddl-of-document.ts'
import { applyPatch } from '../model/patch.ts'
import type { Drift } from '../sequelize/models/drift.ts'
import { defaultSchemaName } from '../sql/names.ts'
import { publicSchema } from './create-table.ts'
import { driftFix } from './drift-fixes.ts'
import type { NewId } from './naming.ts'

/** The table that a model has and the schema lacks, as SQL on an empty database; null where it lacks something else. */
export function modelTableSql(drift: Drift, newId: NewId): string | null {
  const { cure } = drift
  if (cure?.type !== 'add-table') return null
  const namespace = { ...publicSchema(newId()), name: cure.schema ?? defaultSchemaName }
  const empty = { objects: new Map([[namespace.id, namespace]]), diagram: new Map() }
  const fix = driftFix(drift, empty, newId)
  return fix && documentSql(applyPatch(empty, fix.patch))
}
