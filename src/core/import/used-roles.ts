import type { Fact } from '../catalog/unmodelled.ts'
import { isOwner } from '../kinds/owner/owner.kind.ts'
import { kindOf } from '../kinds/registry.ts'
import { isRole } from '../kinds/role/role.kind.ts'
import { isSchemaObject } from '../kinds/schema/schema.kind.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import { schemaOf } from '../model/schema.ts'
import { defaultSchemaName } from '../sql/names.ts'
import { quoteName } from '../sql/quote.ts'

/**
 * Without what a server has besides a schema: roles that nothing in it names, and the owner that initdb gave to `public`
 * before PostgreSQL 15.
 */
export function withoutServer(objects: readonly ObjectBase[], facts: readonly Fact[]): readonly ObjectBase[] {
  const schema = schemaOf({ objects: new Map(objects.map((one) => [one.id, one])), diagram: new Map() })
  const roles = schema.all(isRole)
  const roleNames = new Set(roles.map(({ name }) => name))
  const home = schema.named(null, defaultSchemaName, isSchemaObject)?.id
  const own = objects.filter(
    (object) => !(isOwner(object) && object.parent === home && !roleNames.has(object.name)),
  )
  const used = new Set<ObjectId>(
    roles.filter(({ name }) => facts.some(({ sql }) => mentions(sql, name))).map(({ id }) => id),
  )
  const visit = (object: ObjectBase) => {
    for (const id of kindOf(object).dependsOn?.(object, schema) ?? []) {
      const role = used.has(id) ? undefined : schema.find(id, isRole)
      if (!role) continue
      used.add(id)
      visit(role)
    }
  }
  for (const object of own) if (!isRole(object) || used.has(object.id)) visit(object)
  return own.filter((object) => !isRole(object) || used.has(object.id))
}

function mentions(sql: string | null, name: string): boolean {
  const written = quoteName(name)
  const at = sql?.indexOf(written) ?? -1
  if (sql === null || at === -1) return false
  return !/\w/.test(`${sql[at - 1] ?? ''}${sql[at + written.length] ?? ''}`)
}
