import type { SqlNode } from '../sql/split.ts'

/** Reading of PostgreSQL's parse tree as libpg_query prints it: absent where a field is not set. */

export function nodeAt(node: SqlNode, field: string): SqlNode | null {
  const value = node[field]
  return isNode(value) ? value : null
}

export function textAt(node: SqlNode, field: string): string | null {
  const value = node[field]
  return typeof value === 'string' ? value : null
}

/** The nodes of a list, each without the wrapper that names its type. */
export function listAt(
  node: SqlNode,
  field: string,
): readonly { readonly type: string; readonly node: SqlNode }[] {
  const value = node[field]
  if (!Array.isArray(value)) return []
  return value.flatMap((item: unknown) => {
    const [entry] = isNode(item) ? Object.entries(item) : []
    return entry && isNode(entry[1]) ? [{ type: entry[0], node: entry[1] }] : []
  })
}

/** `app.orders` of a RangeVar; without `public`, as locks and plans name it. */
export function relationName(node: SqlNode, field = 'relation'): string | null {
  const relation = nodeAt(node, field)
  const name = relation && textAt(relation, 'relname')
  if (!relation || name === null) return null
  const schema = textAt(relation, 'schemaname')
  return schema === null || schema === 'public' ? name : `${schema}.${name}`
}

/** One part of ALTER TABLE: `AT_AddColumn` with the column's definition. */
export interface AlterCommand {
  readonly subtype: string
  /** The column or constraint that it is about. */
  readonly name: string | null
  readonly definition: SqlNode | null
}

export function alterCommands(node: SqlNode): readonly AlterCommand[] {
  return listAt(node, 'cmds').map(({ node: command }) => {
    const [entry] = Object.entries(nodeAt(command, 'def') ?? {})
    return {
      subtype: textAt(command, 'subtype') ?? '',
      name: textAt(command, 'name'),
      definition: entry && isNode(entry[1]) ? entry[1] : null,
    }
  })
}

/** Constraints of a column's definition, by their type: `CONSTR_NOTNULL`. */
export function constraintsOf(column: SqlNode): ReadonlyMap<string, SqlNode> {
  return new Map(listAt(column, 'constraints').map(({ node }) => [textAt(node, 'contype') ?? '', node]))
}

/** The last part of a type's name: `int4`, `serial`. */
export function typeOf(column: SqlNode): string {
  const type = nodeAt(column, 'typeName')
  const last = type && listAt(type, 'names').at(-1)
  return (last && textAt(last.node, 'sval')) ?? ''
}

function isNode(value: unknown): value is SqlNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
