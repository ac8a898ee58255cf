import { isSchemaObject } from '../kinds/schema/schema.kind.ts'
import type { Step } from '../migration/plan.ts'
import { planChanges } from '../migration/plan-changes.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectId } from '../model/object.ts'
import { schemaOf } from '../model/schema.ts'
import { defaultSchemaName } from '../sql/names.ts'
import type { Statement } from '../sql/statement.ts'

/** What every new PostgreSQL database holds, as far as a document shows it: the schema `public`. */
export function freshDatabase(document: SchemaDocument): SchemaDocument {
  const own = schemaOf(document).named(null, defaultSchemaName, isSchemaObject)
  return { objects: new Map(own ? [[own.id, { ...own, comment: null }]] : []), diagram: new Map() }
}

/** The steps that make a document in a fresh database. Throws if no order works: integrity is checked before. */
export function documentSteps(document: SchemaDocument, separate = false): readonly Step[] {
  const { steps, refusals } = planChanges(freshDatabase(document), document, { separate })
  if (refusals[0]) throw new Error(refusals[0].message)
  return steps
}

/** The statements that make a document in a fresh database, in an order that works. */
export function documentStatements(document: SchemaDocument): readonly Statement[] {
  return documentSteps(document).flatMap(({ statements }) => statements)
}

/** The document as an SQL script, a blank line between groups; with `only`, the statements of those objects. */
export function documentSql(document: SchemaDocument, only?: ReadonlySet<ObjectId>): string {
  const blocks: string[] = []
  let group: ObjectId | null = null
  for (const step of documentSteps(document)) {
    const statements = step.statements.filter(
      ({ owner }) => !only || only.has(owner) || only.has(step.object) || only.has(step.group),
    )
    if (statements.length === 0) continue
    const text = statements.map(({ sql }) => `${sql};`).join('\n')
    const last = blocks.length - 1
    const joined = step.group === group && !text.includes('\n') ? blocks[last] : undefined
    if (joined !== undefined) blocks[last] = `${joined}\n${text}`
    else blocks.push(text)
    group = step.group
  }
  return blocks.length === 0 ? '' : `${blocks.join('\n\n')}\n`
}
