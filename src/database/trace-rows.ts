import { quoteName } from '../core/sql/quote.ts'
import { type Engine, PgError } from './engine.ts'

/** Rows that each table is filled with, so that a rewrite takes longer than a change of the catalogue. */
const usualRows = 3000
/** Tables beyond it are left as they are. */
const mostTables = 12
/** Rows that the others are made from. */
const patterns = 3

interface FilledTable {
  readonly name: string
  /** In SQL. */
  readonly target: string
  readonly columns: readonly FilledColumn[]
}

interface FilledColumn {
  readonly name: string
  /** As format_type prints it, of a domain the type below. */
  readonly type: string
  readonly isUnique: boolean
  readonly isLink: boolean
}

/** Tables with their columns that an INSERT may set; names as a lock trace has them. */
const tablesNow = `
SELECT CASE n.nspname WHEN 'public' THEN c.relname ELSE n.nspname || '.' || c.relname END AS name,
  format('%I.%I', n.nspname, c.relname) AS target,
  json_agg(json_build_object('name', a.attname, 'type', format_type(coalesce(nullif(t.typbasetype, 0), t.oid), a.atttypmod),
    'isUnique', EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND a.attnum = ANY (i.indkey)),
    'isLink', EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'f' AND a.attnum = ANY (k.conkey)))
    ORDER BY a.attnum) AS columns
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
JOIN pg_type t ON t.oid = a.atttypid
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_'
GROUP BY n.nspname, c.relname, c.oid ORDER BY c.oid`

/**
 * Makes as many rows as wanted out of the few that a table has, equal to them except where they must be unique. A table
 * whose rules the copies would break keeps its few. Triggers and foreign keys do not look at the copies, unless who
 * makes them may not say so: that takes a superuser.
 */
export async function multiplyRows(
  engine: Engine,
  relations: ReadonlySet<string>,
  wanted = usualRows,
): Promise<void> {
  const tables = await tablesAmong(engine, relations)
  await tryRun(engine, 'SET session_replication_role = replica')
  for (const table of tables.slice(0, mostTables)) {
    const sql = copySql(table, wanted)
    if (sql !== null) await tryRun(engine, sql)
  }
  await tryRun(engine, 'RESET session_replication_role')
}

async function tryRun(engine: Engine, sql: string): Promise<void> {
  try {
    await engine.run(sql)
  } catch (error) {
    if (!(error instanceof PgError)) throw error
  }
}

/** How many rows each of the tables has. */
export async function countTableRows(
  engine: Engine,
  relations: ReadonlySet<string>,
): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {}
  for (const { name, target } of await tablesAmong(engine, relations)) {
    const { rows } = await engine.query(`SELECT count(*)::int AS count FROM ${target}`)
    counts[name] = Number(rows[0]?.count)
  }
  return counts
}

async function tablesAmong(engine: Engine, relations: ReadonlySet<string>): Promise<readonly FilledTable[]> {
  const { rows } = await engine.query(tablesNow)
  // The shape is that of the query above.
  const tables = rows as unknown as readonly FilledTable[]
  return tables.filter(({ name }) => relations.has(name))
}

/** Null where the copies would have the key of their pattern. */
function copySql({ target, columns }: FilledTable, wanted: number): string | null {
  const values = columns.map((column) => copiedValue(column, target))
  const unique = columns.filter(({ isUnique }) => isUnique)
  const pattern = ({ name }: FilledColumn) => `p.${quoteName(name)}`
  if (unique.length > 0 && unique.every((column) => copiedValue(column, target) === pattern(column)))
    return null
  const names = columns.map(({ name }) => quoteName(name)).join(', ')
  const selected = values.join(', ')
  return `INSERT INTO ${target} (${names}) OVERRIDING SYSTEM VALUE SELECT ${selected}
FROM (SELECT *, row_number() OVER () AS relata_row FROM ${target} LIMIT ${patterns}) p,
  generate_series(1, ${Math.floor(wanted / patterns)}) AS g (copy)`
}

const digits = 8

/** The pattern's value, or where it must be unique one that no other copy has. */
function copiedValue({ name, type, isUnique, isLink }: FilledColumn, target: string): string {
  const value = `p.${quoteName(name)}`
  if (!isUnique || isLink) return value
  const serial = `g.copy * ${patterns} + p.relata_row`
  if (/^(smallint|integer|bigint|numeric)/.test(type)) {
    return `(SELECT max(${quoteName(name)}) FROM ${target}) + ${serial}`
  }
  if (type === 'uuid') return 'gen_random_uuid()'
  if (/^(date|timestamp)/.test(type)) return `${value} + (${serial}) * interval '1 day'`
  const [, length] = /^(?:text|character varying|character)(?:\((\d+)\))?$/.exec(type) ?? [null, null]
  if (!/^(text|character)/.test(type) || (length != null && Number(length) < digits)) return value
  const kept = length == null ? value : `left(${value}, ${Number(length) - digits})`
  return `lpad(to_hex(${serial}), ${digits}, '0') || ${kept}`
}
