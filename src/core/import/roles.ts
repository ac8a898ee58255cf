import type { ParsedStatement, SqlNode } from '../sql/split.ts'

/** Roles that statements name and none of them creates, in order of appearance. */
export function missingRoles(statements: Iterable<ParsedStatement>): readonly string[] {
  const named = new Set<string>()
  const created = new Set<string>()
  for (const { type, node } of statements) {
    if (type === 'CreateRoleStmt' && typeof node.role === 'string') created.add(node.role)
    else if (namesRoles.has(type)) collect(node, named)
  }
  return [...named].filter((name) => !created.has(name) && !name.startsWith('pg_'))
}

const namesRoles = new Set([
  'GrantStmt',
  'GrantRoleStmt',
  'AlterDefaultPrivilegesStmt',
  'CreatePolicyStmt',
  'AlterPolicyStmt',
  'CreateSchemaStmt',
  'CreateUserMappingStmt',
  'AlterUserMappingStmt',
  'AlterRoleStmt',
  'AlterRoleSetStmt',
  'AlterOwnerStmt',
  'AlterTableStmt',
])

function collect(value: unknown, into: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collect(item, into)
  else if (isNode(value)) {
    if (value.roletype === 'ROLESPEC_CSTRING' && typeof value.rolename === 'string') into.add(value.rolename)
    // GRANT a TO b names a as a privilege.
    const grantedRoles = value.granted_roles
    if (Array.isArray(grantedRoles)) {
      for (const item of grantedRoles) {
        const privilege = isNode(item) && isNode(item.AccessPriv) ? item.AccessPriv.priv_name : undefined
        if (typeof privilege === 'string') into.add(privilege)
      }
    }
    for (const item of Object.values(value)) collect(item, into)
  }
}

function isNode(value: unknown): value is SqlNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
