import { documentStatements } from '../ddl/ddl-of-document.ts'
import { isColumn } from '../kinds/column/column.kind.ts'
import { isForeignKey } from '../kinds/foreign-key/foreign-key.kind.ts'
import { kindOf } from '../kinds/registry.ts'
import { isSchemaObject } from '../kinds/schema/schema.kind.ts'
import { isTable } from '../kinds/table/table.kind.ts'
import { uniqueKind } from '../kinds/unique/unique.kind.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import { type Schema, schemaOf } from '../model/schema.ts'
import { defaultSchemaName } from '../sql/names.ts'
import { type DescribedColumn, describeTables } from './described-tables.ts'
import type { ExportSource } from './exported.ts'
import { pathOf } from './losses.ts'

/** What a data dictionary says, before it is written in one form or another. */
export interface Dictionary {
  readonly title: string
  readonly tables: readonly DictionaryTable[]
  /** Everything else that lives in no table: kind by kind. */
  readonly others: readonly DictionaryGroup[]
}

export interface DictionaryTable {
  readonly path: string
  readonly comment: string | null
  readonly columns: readonly DictionaryColumn[]
  /** Keys, checks, indexes, triggers, policies and the like: kind by kind. */
  readonly parts: readonly DictionaryGroup[]
  /** Makes it with all that is in it. */
  readonly sql: string
}

export interface DictionaryColumn {
  readonly name: string
  readonly type: string
  readonly isRequired: boolean
  /** "primary", "accounts.id", "unique" */
  readonly keys: readonly string[]
  /** The default, or how it is generated, as SQL. */
  readonly value: string | null
  readonly comment: string | null
}

export interface DictionaryGroup {
  readonly title: string
  readonly entries: readonly {
    readonly name: string
    readonly comment: string | null
    /** Makes it. */
    readonly sql: string
  }[]
}

export function describeSchema({ document, title }: ExportSource): Dictionary {
  const schema = schemaOf(document)
  const whole = wholeSql(schema)
  const tables = describeTables(schema).map(({ table, path, columns }) => ({
    path,
    comment: table.comment,
    columns: columns.map((column) => describeColumn(column, schema)),
    parts: groups(
      schema.children(table.id).filter((child) => !isColumn(child)),
      schema,
      new Map(),
    ),
    sql: whole.get(table.id) ?? '',
  }))
  const others = [...document.objects.values()].filter((object) => {
    const parent = object.parent === null ? undefined : schema.get(object.parent)
    const isGiven = isSchemaObject(object) && object.name === defaultSchemaName
    return (!parent || isSchemaObject(parent)) && !isTable(object) && (!isGiven || whole.has(object.id))
  })
  return { title, tables, others: groups(others, schema, whole) }
}

/** The statements that make what is in no other object, with all that is in it. */
function wholeSql(schema: Schema): ReadonlyMap<ObjectId, string> {
  const sql = new Map<ObjectId, string>()
  for (const statement of documentStatements(schema.document)) {
    let top = schema.get(statement.owner)
    for (let above = top; above && !isSchemaObject(above); above = schema.get(above.parent ?? '')) top = above
    if (top) sql.set(top.id, [...(sql.has(top.id) ? [sql.get(top.id)] : []), `${statement.sql};`].join('\n'))
  }
  return sql
}

function describeColumn(
  { column, type, isPrimary, isUnique, isRequired }: DescribedColumn,
  schema: Schema,
): DictionaryColumn {
  const targets = schema.childrenOf(column.parent, isForeignKey).flatMap((key) => {
    const place = key.columns.indexOf(column.id)
    const target = place === -1 ? undefined : schema.find(key.referencedColumns[place], isColumn)
    return target ? [pathOf(target, schema)] : []
  })
  const { identity, generated } = column
  return {
    name: column.name,
    type,
    isRequired,
    keys: [...(isPrimary ? ['primary'] : isUnique ? [uniqueKind.label.toLowerCase()] : []), ...targets],
    value: identity
      ? `generated ${identity.generation} as identity`
      : generated
        ? `generated as (${generated.expression})`
        : column.default,
    comment: column.comment,
  }
}

/** `known` gives the SQL of those that are more than one statement. */
function groups(
  objects: readonly ObjectBase[],
  schema: Schema,
  known: ReadonlyMap<ObjectId, string>,
): readonly DictionaryGroup[] {
  const byKind = new Map<string, ObjectBase[]>()
  for (const object of objects) {
    const list = byKind.get(object.kind)
    if (list) list.push(object)
    else byKind.set(object.kind, [object])
  }
  return [...byKind.values()]
    .toSorted((a, b) => orderOf(a) - orderOf(b))
    .map((list) => ({
      title: list[0] ? kindOf(list[0]).plural : '',
      entries: list.map((object) => ({
        name: pathOf(object, schema),
        comment: object.comment,
        sql:
          known.get(object.id) ??
          kindOf(object)
            .create(object, schema, [])
            .map(({ sql }) => `${sql};`)
            .join('\n'),
      })),
    }))
}

function orderOf([first]: readonly ObjectBase[]): number {
  return first ? kindOf(first).order : 0
}
