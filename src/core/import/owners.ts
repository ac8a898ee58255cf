import type { ParsedStatement, SqlNode } from '../sql/split.ts'

/** The role that a statement gives something to and does nothing else; null for any other statement. */
export function ownerGivenBy({ type, node }: ParsedStatement): string | null {
  if (type === 'AlterOwnerStmt') return roleOf(node.newowner)
  if (type !== 'AlterTableStmt' || !Array.isArray(node.cmds)) return null
  const commands = node.cmds.map((command) => (isNode(command) ? command.AlterTableCmd : undefined))
  const last = commands.at(-1)
  return commands.every((command) => isNode(command) && command.subtype === 'AT_ChangeOwner') && isNode(last)
    ? roleOf(last.newowner)
    : null
}

/** To whom most of it belongs: who runs the migration stands for that role. Null where no statement says. */
export function usualOwner(statements: Iterable<ParsedStatement>): string | null {
  const counts = new Map<string, number>()
  for (const statement of statements) {
    const owner = ownerGivenBy(statement)
    if (owner !== null) counts.set(owner, (counts.get(owner) ?? 0) + 1)
  }
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a)
  return most?.[0] ?? null
}

function roleOf(role: unknown): string | null {
  return isNode(role) && typeof role.rolename === 'string' ? role.rolename : null
}

function isNode(value: unknown): value is SqlNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
