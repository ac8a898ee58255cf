import { type Column, isColumn } from '../core/kinds/column/column.kind.ts'
import { type Grant, grantKind } from '../core/kinds/grant/grant.kind.ts'
import { type Owner, ownerKind } from '../core/kinds/owner/owner.kind.ts'
import type { Policy } from '../core/kinds/policy/policy.kind.ts'
import { blankRole, isRole, type Role } from '../core/kinds/role/role.kind.ts'
import { everyone } from '../core/kinds/role-names.ts'
import type { ObjectBase } from '../core/model/object.ts'
import { quoteName } from '../core/sql/quote.ts'
import { type GrantSpec, type PolicySpec, roleNames } from './arbitrary-options.test-kit.ts'

type Objects = ReadonlyMap<string, ObjectBase>

export function buildRole(index: number, { login }: { readonly login: boolean }): Role {
  return { ...blankRole, id: `role${index}`, name: roleNames[index] ?? '', login }
}

/** The name of the role in a slot; undefined where the schema does not have it. */
function roleName(slot: number, objects: Objects): string | undefined {
  if (slot === 2) return everyone
  const role = objects.get(`role${slot}`)
  return role && isRole(role) ? role.name : undefined
}

export function buildGrant(holder: ObjectBase, spec: GrantSpec, objects: Objects): Grant | undefined {
  const name = roleName(spec.role, objects)
  if (name === undefined) return undefined
  const column = spec.column === null ? undefined : objects.get(`${holder.id} column${spec.column}`)
  const ofColumn = column && !spec.privileges.includes('UPDATE') ? [`UPDATE (${quoteName(column.name)})`] : []
  const privileges = [...spec.privileges, ...ofColumn]
  return {
    ...grantKind.sample,
    id: `${holder.id} grant`,
    parent: holder.id,
    name,
    privileges,
    // Not everyone may pass on what everyone has (0LP01).
    grantable: spec.passesOn && name !== everyone ? privileges.slice(0, 1) : [],
  }
}

export function buildOwner(holder: ObjectBase, role: number, objects: Objects): Owner | undefined {
  const name = roleName(role, objects)
  return name === undefined
    ? undefined
    : { ...ownerKind.sample, id: `${holder.id} owner`, parent: holder.id, name }
}

export function buildPolicy(
  table: string,
  spec: PolicySpec,
  name: string,
  objects: Objects,
): Policy | undefined {
  const role = roleName(spec.role, objects)
  const column = columnOf(table, spec.column, objects)
  if (role === undefined || !column) return undefined
  const condition = `${quoteName(column.name)} IS NOT NULL`
  return {
    id: `${table} policy`,
    kind: 'policy',
    parent: table,
    name,
    comment: null,
    command: spec.command,
    permissive: spec.permissive,
    roles: [role],
    using: spec.command === 'insert' ? null : condition,
    withCheck: spec.command === 'insert' ? condition : null,
  }
}

function columnOf(table: string, place: number, objects: Objects): Column | undefined {
  const object = objects.get(`${table} column${place}`)
  return object && isColumn(object) ? object : undefined
}
