import { quoteText } from '../sql/quote.ts'
import type { DbmlColumn, DbmlDatabase, DbmlEndpoint, DbmlIndex, DbmlRef, DbmlTable } from './dbml-model.ts'
import {
  type ForeignColumn,
  type ForeignIndex,
  type ForeignKeyList,
  type ForeignLoss,
  type ForeignReference,
  type ForeignSchema,
  type ForeignTable,
  sqlName,
} from './foreign-schema.ts'

/** Names of types in other databases → PostgreSQL's. */
const otherTypes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    datetime: 'timestamp',
    datetime2: 'timestamp',
    double: 'double precision',
    tinyint: 'smallint',
    mediumint: 'integer',
    string: 'text',
    longtext: 'text',
    mediumtext: 'text',
    tinytext: 'text',
    ntext: 'text',
    number: 'numeric',
    nvarchar: 'varchar',
    varchar2: 'varchar',
    blob: 'bytea',
    longblob: 'bytea',
    binary: 'bytea',
    varbinary: 'bytea',
    uniqueidentifier: 'uuid',
    guid: 'uuid',
  }),
)

/** What DBML says, in the terms of PostgreSQL. */
export function dbmlSchema(database: DbmlDatabase): ForeignSchema {
  const losses = new Map<string, ForeignLoss>()
  const lose = (kind: string, name: string, reason: string, { start: { line } }: DbmlTable['token']) => {
    // What a partial says is read with every table that uses it.
    const key = JSON.stringify([kind, name, line])
    if (!losses.has(key)) losses.set(key, { kind, name, reason, line })
  }
  const enums = database.enums.map(({ name, schemaName, values, token }) => {
    for (const value of values) {
      if (value.note) lose('note', `${name}.${value.name}`, 'A label of an enum has no comment', value.token)
    }
    return { schema: schemaName, name, labels: values.map((value) => value.name), line: token.start.line }
  })
  const enumNames = new Set(enums.map(({ schema, name }) => `${schema ?? 'public'}.${name}`))
  const typeOf = ({ name, type, token }: DbmlColumn): string => {
    const { schemaName, type_name: written } = type
    if (schemaName !== null || enumNames.has(`public.${written}`)) {
      return enumNames.has(`${schemaName ?? 'public'}.${written}`)
        ? sqlName({ schema: schemaName, name: written })
        : `${schemaName}.${written}`
    }
    const [, word = '', rest = ''] = /^(\w+)(.*)$/s.exec(written) ?? []
    const own = otherTypes.get(word.toLowerCase())
    if (own === undefined) return written
    const read = own === 'varchar' || own === 'numeric' ? `${own}${rest}` : own
    lose('type', `${name} ${written}`, `Read as ${read}: PostgreSQL has no ${word}`, token)
    return read
  }
  const partials = new Map(database.tablePartials.map((partial) => [partial.name, partial]))
  const whole = database.tables.map((table) => withPartials(table, partials))
  const tables = whole.map((table): ForeignTable => {
    if (table.headerColor) lose('colour', table.name, 'Colours are set in the diagram', table.token)
    return {
      schema: table.schemaName ?? null,
      name: table.name,
      comment: table.note?.value ?? null,
      columns: table.fields.map((field) => columnOf(field, typeOf(field))),
      keys: keysOf(table),
      checks: [...table.fields.flatMap(({ checks }) => checks), ...table.checks].map(
        ({ name, expression, token }) => ({ name: name ?? null, expression, line: token.start.line }),
      ),
      indexes: table.indexes.filter((index) => !isKey(index)).map(indexOf),
      line: table.token.start.line,
    }
  })
  const primary = primaryColumns(whole)
  const references = database.refs.flatMap((ref): readonly ForeignReference[] => {
    const [left, right] = ref.endpoints
    const name = ref.name ?? `${left?.tableName} – ${right?.tableName}`
    if (!left || !right) return []
    if (left.relation.endsWith('*') && right.relation.endsWith('*')) {
      lose('reference', name, 'Many to many needs a table in between, which is not made', ref.token)
      return []
    }
    if (ref.inactive) {
      lose('reference', name, 'It is inactive', ref.token)
      return []
    }
    return [referenceOf(ref, left, right, primary)]
  })
  for (const group of database.tableGroups)
    lose('group', group.name ?? '', 'Groups are no part of a schema', group.token)
  for (const note of database.notes)
    lose('note', note.name ?? '', 'Notes are no part of a schema', note.token)
  for (const { tableName, token } of database.records) {
    lose('records', tableName, 'Rows are not kept: a project holds a schema without its rows', token)
  }
  return { enums, tables, references, losses: [...losses.values()] }
}

function withPartials(table: DbmlTable, partials: ReadonlyMap<string, DbmlTable>): DbmlTable {
  const used = (table.partials ?? []).flatMap(({ name, order }) => {
    const partial = partials.get(name)
    return partial ? [{ partial, order }] : []
  })
  if (used.length === 0) return table
  const own = new Set(table.fields.map(({ name }) => name))
  const fields = [...table.fields]
  for (const { partial, order } of used) {
    fields.splice(order, 0, ...partial.fields.filter(({ name }) => !own.has(name)))
  }
  const note = table.note ?? used.at(-1)?.partial.note
  return {
    ...table,
    fields,
    indexes: [...table.indexes, ...used.flatMap(({ partial }) => partial.indexes)],
    checks: [...table.checks, ...used.flatMap(({ partial }) => partial.checks)],
    ...(note ? { note } : {}),
  }
}

function columnOf(field: DbmlColumn, type: string): ForeignColumn {
  const { dbdefault } = field
  const isSerial = /^(small|big)?serial\d?$/i.test(type)
  return {
    name: field.name,
    type,
    notNull: field.not_null === true,
    default: dbdefault === undefined ? null : defaultOf(dbdefault.type, dbdefault.value),
    counts: field.increment === true && !isSerial,
    comment: field.note?.value ?? null,
    line: field.token.start.line,
  }
}

function defaultOf(type: string, value: number | string): string {
  return type === 'string' ? quoteText(String(value)) : String(value)
}

/** Without a method, "unique" and "pk" of an index are constraints. */
function isKey({ pk, unique, type, columns, note }: DbmlIndex): boolean {
  const isPlain = columns.every((column) => column.type === 'column')
  return pk === true || (unique === true && type === undefined && isPlain && !note)
}

function keysOf(table: DbmlTable): readonly ForeignKeyList[] {
  const primary = table.fields.filter(({ pk }) => pk === true)
  const line = primary[0]?.token.start.line ?? 1
  const one = { isPrimary: true, name: null, columns: primary.map(({ name }) => name), line }
  return [
    ...(primary.length === 0 ? [] : [one]),
    ...table.fields
      .filter(({ unique, pk }) => unique === true && pk !== true)
      .map(({ name, token }) => ({
        isPrimary: false,
        name: null,
        columns: [name],
        line: token.start.line,
      })),
    ...table.indexes.filter(isKey).map((index) => ({
      isPrimary: index.pk === true,
      name: index.name ?? null,
      columns: inOrder(index).map(({ value }) => value),
      line: index.token.start.line,
    })),
  ]
}

function indexOf(index: DbmlIndex): ForeignIndex {
  return {
    name: index.name ?? null,
    isUnique: index.unique === true,
    method: index.type ?? null,
    keys: inOrder(index).map(({ value, type }) =>
      type === 'column' ? { column: value } : { expression: value },
    ),
    comment: index.note?.value ?? null,
    line: index.token.start.line,
  }
}

/** The parser puts expressions before columns. */
function inOrder({ columns }: DbmlIndex): DbmlIndex['columns'] {
  return columns.toSorted((a, b) => a.token.start.offset - b.token.start.offset)
}

/** The columns that are primary keys by themselves. */
function primaryColumns(tables: readonly DbmlTable[]): ReadonlySet<string> {
  const columns = tables.flatMap(({ schemaName, name, fields }) =>
    fields.filter(({ pk }) => pk === true).map((field) => columnKey(schemaName ?? null, name, field.name)),
  )
  return new Set(columns)
}

function columnKey(schema: string | null, table: string, column: string): string {
  return JSON.stringify([schema, table, column])
}

/** The key is on the side of many; of one to one, where the columns are not the primary key, or on the left. */
function referenceOf(
  { name, onDelete, onUpdate, token }: DbmlRef,
  left: DbmlEndpoint,
  right: DbmlEndpoint,
  primary: ReadonlySet<string>,
): ForeignReference {
  const isParent = (end: DbmlEndpoint) =>
    end.fieldNames.every((field) => primary.has(columnKey(end.schemaName, end.tableName, field)))
  const isMany = (end: DbmlEndpoint) => end.relation.endsWith('*')
  const isSwapped = isMany(right) || (!isMany(left) && isParent(left) && !isParent(right))
  const [from, to] = isSwapped ? [right, left] : [left, right]
  return {
    name: name ?? null,
    from: { schema: from.schemaName, name: from.tableName },
    columns: from.fieldNames,
    to: { schema: to.schemaName, name: to.tableName },
    toColumns: to.fieldNames,
    onDelete: onDelete ?? null,
    onUpdate: onUpdate ?? null,
    line: token.start.line,
  }
}
