import { isColumn } from '../../kinds/column/column.kind.ts'
import { type ForeignKey, isForeignKey } from '../../kinds/foreign-key/foreign-key.kind.ts'
import { isPrimaryKey } from '../../kinds/primary-key/primary-key.kind.ts'
import { isTable, type Table } from '../../kinds/table/table.kind.ts'
import { areUnique, uniqueKeysOf } from '../../layout/unique-keys.ts'
import type { ObjectId } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import { camelCase, pascalCase, plural, singular } from './inflect.ts'
import type { Association } from './model.ts'

/** How models and attributes are called. */
export interface ModelNames {
  /** By table. */
  readonly models: ReadonlyMap<ObjectId, string>
  /** By column. */
  readonly attributes: ReadonlyMap<ObjectId, string>
}

/** A foreign key of one column, which is what Sequelize can join by. */
interface Link {
  readonly key: ForeignKey
  readonly table: Table
  readonly target: Table
  readonly column: ObjectId
  readonly foreignKey: string
  /** What the target is to the table: `account`, `convertedToContact`. */
  readonly role: string
  /** The attribute referred to, unless it is the primary key. */
  readonly referredKey: string | null
}

/** The associations of every model, by table: along each foreign key, back, and across tables that only join two. */
export function associationsOf(
  schema: Schema,
  names: ModelNames,
): ReadonlyMap<ObjectId, readonly Association[]> {
  const taken = new Map<ObjectId, Set<string>>()
  const found = new Map<ObjectId, Association[]>()
  const tables = schema.all(isTable).filter(({ id }) => names.models.has(id))
  for (const { id } of tables) {
    const attributes = schema.childrenOf(id, isColumn).map((column) => names.attributes.get(column.id) ?? '')
    taken.set(id, new Set(attributes))
    found.set(id, [])
  }
  const add = (table: Table, aliases: readonly string[], association: Omit<Association, 'as'>) => {
    const used = taken.get(table.id) ?? new Set()
    const as = firstFree(aliases, used)
    used.add(as)
    found.get(table.id)?.push({ ...association, as })
  }
  const links = tables.flatMap((table) => linksOf(table, schema, names))
  for (const link of links) {
    const { table, target, foreignKey, role, referredKey } = link
    const type = 'belongsTo'
    const other = nameOf(target, names)
    const referred = referredKey === null ? {} : { referredKey }
    add(table, [role, `${role}${other}`], { type, target: other, foreignKey, ...referred })
  }
  for (const link of links) addWayBack(link, links, schema, names, add)
  for (const table of tables)
    addAcross(
      links.filter((link) => link.table === table),
      schema,
      names,
      add,
    )
  return found
}

type Add = (table: Table, aliases: readonly string[], association: Omit<Association, 'as'>) => void

function addWayBack(link: Link, links: readonly Link[], schema: Schema, names: ModelNames, add: Add): void {
  const { table, target, column, foreignKey, role, referredKey } = link
  const isOne = areUnique([column], table.id, schema)
  const owner = nameOf(table, names)
  const own = isOne ? lowerFirst(owner) : plural(lowerFirst(owner))
  const alone = links.filter((other) => other.table === table && other.target === target).length === 1
  const byRole = `${role}${isOne ? owner : plural(owner)}`
  const children = isOne ? 'child' : 'children'
  // In a tree the word for the way back is known; elsewhere `managerEmployees` says which link it follows.
  const aliases =
    table === target ? [role === 'parent' ? children : byRole] : alone ? [own, byRole] : [byRole]
  const type = isOne ? 'hasOne' : 'hasMany'
  const referred = referredKey === null ? {} : { referredKey }
  add(target, [...aliases, byRole], { type, target: owner, foreignKey, ...referred })
}

/** A table whose key is two links joins the tables that they lead to. */
function addAcross(links: readonly Link[], schema: Schema, names: ModelNames, add: Add): void {
  const [table] = links.map((link) => link.table)
  if (!table) return
  const through = nameOf(table, names)
  for (const key of uniqueKeysOf(table.id, schema)) {
    const pair = key.map((column) => links.find((link) => link.column === column))
    const [a, b] = pair
    if (pair.length !== 2 || !a || !b || a === b || a.referredKey !== null || b.referredKey !== null) continue
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const far = plural(nameOf(to.target, names))
      const aliases = from.target === to.target ? [plural(to.role)] : [lowerFirst(far), plural(to.role)]
      add(from.target, [...aliases, `${lowerFirst(through)}${far}`], {
        type: 'belongsToMany',
        target: nameOf(to.target, names),
        through,
        foreignKey: from.foreignKey,
        otherKey: to.foreignKey,
      })
    }
    return
  }
}

function linksOf(table: Table, schema: Schema, names: ModelNames): readonly Link[] {
  return schema.childrenOf(table.id, isForeignKey).flatMap((key) => {
    const [id, ...others] = key.columns
    const column = schema.find(id, isColumn)
    const target = schema.find(key.referencedTable, isTable)
    const referred = schema.find(key.referencedColumns[0], isColumn)
    if (!column || others.length > 0 || !target || !referred || !names.models.has(target.id)) return []
    const [primary] = schema.childrenOf(target.id, isPrimaryKey)
    const isPrimary = primary?.columns.length === 1 && primary.columns[0] === referred.id
    return [
      {
        key,
        table,
        target,
        column: column.id,
        foreignKey: names.attributes.get(column.id) ?? column.name,
        role: roleOf(column.name, target),
        referredKey: isPrimary ? null : (names.attributes.get(referred.id) ?? referred.name),
      },
    ]
  })
}

/** `account_id` leads to an account; a column that does not say what its number is of leads to the table's. */
function roleOf(column: string, target: Table): string {
  const words = column.replace(/[_-]?(id|uuid|guid|key|fk|code|no)$/i, '')
  return words === '' || words === column ? camelCase(singular(target.name)) : camelCase(words)
}

function firstFree(aliases: readonly string[], taken: ReadonlySet<string>): string {
  const free = aliases.find((alias) => !taken.has(alias))
  if (free !== undefined) return free
  const base = aliases.at(-1) ?? 'other'
  for (let count = 2; ; count += 1) if (!taken.has(`${base}${count}`)) return `${base}${count}`
}

function nameOf(table: Table, names: ModelNames): string {
  return names.models.get(table.id) ?? pascalCase(table.name)
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
