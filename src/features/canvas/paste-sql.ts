import { applySql, topsOf } from '../../core/commands/apply-sql.ts'
import { moveItems } from '../../core/commands/place.ts'
import { kindOf, nounOf } from '../../core/kinds/registry.ts'
import { boundsOfAll } from '../../core/layout/placement.ts'
import { blankDocument, type SchemaDocument } from '../../core/model/document.ts'
import type { ObjectBase } from '../../core/model/object.ts'
import { applyPatch, squashPatches } from '../../core/model/patch.ts'
import { database, type ImportedObject } from '../../state/database.ts'
import { dispatch, documentStore } from '../../state/document-store.ts'
import { select } from '../../state/session-store.ts'
import { toast } from '../../ui/toast.ts'
import { rectOf } from './nodes.ts'
import { drawnNodes, revealNodes, snapPoint } from './viewport.ts'

/**
 * Runs the SQL in a scratch database that holds the schema, and does to the document what it did there; new tables go
 * beside what is drawn. A message says what PostgreSQL made of it.
 */
export async function pasteSql(sql: string): Promise<void> {
  toast('PostgreSQL is reading the pasted SQL')
  try {
    const { document } = documentStore.getState()
    const { before, after, left } = await effectOf(sql, document)
    const { patch, added, changed, kept } = applySql(document, { before, after })
    if (added.length + changed.length > 0) {
      const merged = applyPatch(document, patch)
      const ids = topsOf(added)
      const drawn = drawnNodes().map(rectOf)
      const bounds = boundsOfAll(drawn)
      const origin = bounds ? snapPoint({ x: bounds.x + bounds.width + 96, y: bounds.y }) : { x: 0, y: 0 }
      const { arrangedPlaces } = await import('../../state/auto-layout.ts')
      const places = await arrangedPlaces(merged, { only: new Set(ids), origin })
      dispatch('Paste SQL', () => squashPatches(patch, moveItems(merged, places)))
      const shown = [...ids, ...changed.map(({ id }) => id)]
      select(shown)
      requestAnimationFrame(() => revealNodes(ids))
    }
    report(added, changed, kept, left)
  } catch (failure) {
    toast('The SQL could not be read', { description: String(failure), error: true })
  }
}

interface Effect {
  readonly before: SchemaDocument
  readonly after: SchemaDocument
  /** What PostgreSQL refused or what is no part of a schema. */
  readonly left: readonly ImportedObject[]
}

async function effectOf(sql: string, document: SchemaDocument): Promise<Effect> {
  const { documentSql } = await import('../../core/ddl/ddl-of-document.ts')
  const present = documentSql(document)
  const before = present.trim() === '' ? blankDocument : (await database().importSql(present)).document
  const { document: after, report } = await database().importSql(`${present}\n${sql}`)
  const above = present.split('\n').length
  const left = report.objects
    .filter(({ outcome, line }) => (outcome === 'refused' || outcome === 'skipped') && (line ?? 0) > above)
    .map((object) => ({ ...object, line: (object.line ?? 0) - above }))
  return { before, after, left }
}

function report(
  added: readonly ObjectBase[],
  changed: readonly ObjectBase[],
  kept: readonly ObjectBase[],
  left: readonly ImportedObject[],
): void {
  const lines = [
    ...left.map(({ line, problem, reason, name }) => `Line ${line}: ${problem?.message ?? reason ?? name}`),
    ...kept.map((object) => `The ${nounOf(object)} ${object.name} stays: delete it on the diagram`),
  ]
  const tops = topsOf(added)
  const made = counts(added.filter(({ id }) => tops.includes(id)))
  const done = [made === '' ? '' : `${made} added`, changed.length === 0 ? '' : `${counts(changed)} changed`]
  const title = done.filter(Boolean).join(', ') || 'The pasted SQL adds nothing'
  toast(title, { description: lines.join('\n'), error: left.some(({ outcome }) => outcome === 'refused') })
}

/** "2 tables, 1 enum" */
function counts(objects: readonly ObjectBase[]): string {
  const kinds = [...new Set(objects.map(kindOf))]
  return kinds
    .map((kind) => ({ kind, count: objects.filter((object) => kindOf(object) === kind).length }))
    .map(({ kind, count }) => `${count} ${(count === 1 ? kind.label : kind.plural).toLowerCase()}`)
    .join(', ')
}
