import { allKinds } from '../kinds/registry.ts'
import type { Problem } from '../model/problem.ts'
import { dollarQuote, quoteText } from '../sql/quote.ts'
import { forServerSql } from './older-servers.ts'
import { foundQuery, type Query } from './read-catalog.ts'
import { factQueries, type RunQuery, usesQuery } from './unmodelled.ts'
import { asRole, usualOwnerSql } from './usual-owner.ts'

/** The answers of a database to all catalogue queries, as `catalogFileQuery` gives them. */
export interface CatalogFile {
  /** "16.3" */
  readonly version: string
  readonly database: string
  /** To whom most of it belongs. */
  readonly owner: string
  /** Answers the queries that were asked. */
  readonly query: Query & RunQuery
}

/** Settings that decide how PostgreSQL prints what it is asked. */
const printing: Readonly<Record<string, string>> = {
  search_path: 'public',
  TimeZone: 'UTC',
  DateStyle: 'ISO',
  IntervalStyle: 'postgres',
  quote_all_identifiers: 'off',
  jit: 'off',
}

const kindQueries = (): readonly string[] => allKinds().flatMap(({ catalog }) => catalog?.query ?? [])

const queries = (): readonly string[] => [...kindQueries(), ...factQueries, usesQuery]

/**
 * One SELECT whose only value is the whole catalogue as JSON, on any server that Relata knows. It writes nothing:
 * query_to_xml (docs 9.15.3) runs a text that the server itself makes fit its version, and read-only.
 */
export function catalogFileQuery(): string {
  const kinds = kindQueries().map((query) =>
    query.replaceAll('$1::oid[]', 'null::oid[]').replaceAll('$1', 'null'),
  )
  const facts = factQueries.map((query, index) => ({ name: `f${index}`, query }))
  const oids = facts
    .map(({ name }) => `select oid::oid from ${name} where oid is not null`)
    .join(' union all ')
  const uses = usesQuery.replace('$1::oid[]', `(select array_agg(x.oid) from (${oids}) x)::oid[]`)
  const parts = [
    ...kinds.map((query, index) => ({ name: `k${index}`, query })),
    ...facts,
    { name: 'uses', query: uses },
  ].map(({ name, query }) => ({ name, query: asRole(query, '(select owner from usual)') }))
  const inner = `with usual as materialized (select ${usualOwnerSql} as owner), ${parts
    .map(({ name, query }) => `${name} as materialized (${query})`)
    .join(',\n')}
select json_build_object('relata', ${quoteText(fingerprint())}, 'version', current_setting('server_version'),
  'database', current_database(), 'owner', (select owner from usual), 'answers', json_build_array(
  ${parts.map(({ name }) => `(select coalesce(json_agg(row_to_json(r)), '[]') from ${name} r)`).join(',\n  ')})) as c`
  const settings = Object.entries(printing).map(
    ([name, value]) => `set_config(${quoteText(name)}, ${quoteText(value)}, true)`,
  )
  return `-- Reads the schema of this database for Relata: one SELECT, which changes nothing.
select replace(replace(replace(replace(split_part(split_part(
  query_to_xml(case when concat(${settings.join(', ')}) <> '' then ${forServerSql(dollarQuote(inner, 'catalogue'))} end, false, true, '')::text,
  '<c>', 2), '</c>', 1), '&lt;', '<'), '&gt;', '>'), '&amp;', '&'), E'\\n', ' ') as catalogue;
`
}

/** Tells the queries of one version of Relata from those of another: FNV-1a, 32 bits, in base 36. */
function fingerprint(): string {
  let hash = 0x811c9dc5
  for (const character of queries().join('\n')) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  }
  return hash.toString(36)
}

/** Reads what `catalogFileQuery` gave. */
export function readCatalogFile(text: string): CatalogFile | Problem {
  const framed = text.slice(Math.max(0, text.search(/\{""?relata"/)), text.lastIndexOf('}') + 1)
  // CSV doubles every quotation mark.
  const json = framed.startsWith('{""') ? framed.replaceAll('""', '"') : framed
  let value: unknown
  try {
    value = JSON.parse(withWholeNumbers(json))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return refused(`The catalogue is not whole: ${reason}. It ends after ${text.length} characters.`)
  }
  if (!isRecord(value)) return refused('The catalogue is not an object.')
  const { relata, version, database, owner, answers } = value
  if (relata !== fingerprint()) {
    return refused('The query was copied from another version of Relata. Copy it again and run it once more.')
  }
  const asked = queries()
  if (typeof version !== 'string' || typeof database !== 'string' || typeof owner !== 'string') {
    return refused('The catalogue does not say which database it is of.')
  }
  if (!Array.isArray(answers) || answers.length !== asked.length) {
    return refused(`The catalogue has no list of ${asked.length} answers.`)
  }
  const known = new Map<string, readonly Readonly<Record<string, unknown>>[]>()
  for (const [index, query] of asked.entries()) {
    const rows: unknown = answers[index]
    if (!Array.isArray(rows) || !rows.every(isRecord))
      return refused(`Answer ${index + 1} is not a list of rows.`)
    known.set(query, rows)
  }
  // What is not there has an empty answer.
  known.set(foundQuery(allKinds()), [{ found: allKinds().map(() => true) }])
  return {
    version: version.replace(/ .*/, ''),
    database,
    owner,
    query: async (sql) => {
      const rows = known.get(sql)
      if (!rows) throw new Error(`The catalogue was not asked: ${sql.slice(0, 200)}`)
      return rows
    },
  }
}

/** A bigint does not fit a JavaScript number: long ones become texts, as a session gives them. */
function withWholeNumbers(json: string): string {
  return json.replaceAll(/"(?:[^"\\]|\\.)*"|-?\d{16,}/g, (token) =>
    token.startsWith('"') ? token : `"${token}"`,
  )
}

function refused(message: string): Problem {
  return { code: 'catalogue-file', severity: 'error', source: 'Import', message }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
