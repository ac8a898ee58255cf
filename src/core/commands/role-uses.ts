import {
  type DefaultPrivileges,
  isDefaultPrivileges,
} from '../kinds/default-privileges/default-privileges.kind.ts'
import { isGrant } from '../kinds/grant/grant.kind.ts'
import { isOwner } from '../kinds/owner/owner.kind.ts'
import { isPolicy, type Policy } from '../kinds/policy/policy.kind.ts'
import { memberRole } from '../kinds/role/role.ddl.ts'
import { isRole, type Role } from '../kinds/role/role.kind.ts'
import type { ObjectBase } from '../model/object.ts'

/** The object with a role's new name where it names the role; the same object where it does not. */
export function withRoleRenamed(object: ObjectBase, old: string, name: string): ObjectBase {
  const renamed = (one: string) => (one === old ? name : one)
  if (isPolicy(object) && object.roles.includes(old)) {
    return same<Policy>({ ...object, roles: object.roles.map(renamed) })
  }
  if ((isGrant(object) || isOwner(object)) && object.name === old) return { ...object, name }
  if (isDefaultPrivileges(object) && (object.name === old || object.maker === old)) {
    return same<DefaultPrivileges>({ ...object, name: renamed(object.name), maker: renamed(object.maker) })
  }
  if (isRole(object) && object.memberOf.some((entry) => memberRole(entry) === old)) {
    const memberOf = object.memberOf.map((entry) =>
      memberRole(entry) === old ? `${name}${entry.slice(old.length)}` : entry,
    )
    return same<Role>({ ...object, memberOf })
  }
  return object
}

/** The object without the roles of these names, the same object where it names none; null: it has no sense without. */
export function withoutRoles(object: ObjectBase, names: ReadonlySet<string>): ObjectBase | null {
  if (isPolicy(object)) {
    const roles = object.roles.filter((name) => !names.has(name))
    if (roles.length === object.roles.length) return object
    return roles.length === 0 ? null : same<Policy>({ ...object, roles })
  }
  if (isGrant(object) || isOwner(object)) return names.has(object.name) ? null : object
  if (isDefaultPrivileges(object)) return names.has(object.name) || names.has(object.maker) ? null : object
  if (!isRole(object)) return object
  const memberOf = object.memberOf.filter((entry) => !names.has(memberRole(entry)))
  return memberOf.length === object.memberOf.length ? object : same<Role>({ ...object, memberOf })
}

/** The compiler checks the properties of a literal only against the kind it is said to be of. */
const same = <T extends ObjectBase>(object: T): ObjectBase => object
