import { isDefaultPrivileges } from '../core/kinds/default-privileges/default-privileges.kind.ts'
import { isGrant } from '../core/kinds/grant/grant.kind.ts'
import { kindOf } from '../core/kinds/registry.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { Problem } from '../core/model/problem.ts'
import { type Schema, schemaOf } from '../core/model/schema.ts'
import type { Engine } from './engine.ts'
import { readCatalog } from './read-back.ts'

/**
 * ALTER DEFAULT PRIVILEGES gives rights on whatever a migration makes, also where the new schema has none: nothing in
 * the plan takes them back.
 */
export async function strayRight(
  engine: Engine,
  from: SchemaDocument,
  to: SchemaDocument,
): Promise<Problem | null> {
  if (![...from.objects.values()].some(isDefaultPrivileges)) return null
  const read = await readCatalog(engine)
  const schema = schemaOf({ objects: new Map(read.map((object) => [object.id, object])), diagram: new Map() })
  const known = new Set([...grantsIn(schemaOf(from)), ...grantsIn(schemaOf(to))])
  const stray = grantsIn(schema).find((sql) => !known.has(sql))
  if (stray === undefined) return null
  return {
    code: 'default-privileges',
    severity: 'error',
    source: 'Migration',
    message: `Default privileges would apply to what this migration makes, unlike in the new schema: ${stray}`,
    hint: 'Add the right to the new schema, or take the default privileges back in a migration before this one.',
  }
}

function grantsIn(schema: Schema): readonly string[] {
  return schema.all(isGrant).flatMap((grant) =>
    kindOf(grant)
      .create(grant, schema, [])
      .map(({ sql }) => sql),
  )
}
