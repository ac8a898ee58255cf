import { dollarQuote } from '../sql/quote.ts'

/** Something of the newest catalogue that servers before `since` do not have, and what says the same there. */
interface Addition {
  readonly since: number
  readonly pattern: RegExp
  readonly instead: string
}

const column = (since: number, name: string, instead: string): Addition => ({
  since,
  pattern: new RegExp(`\\b\\w+\\.${name}\\b`, 'g'),
  instead,
})

const call = (since: number, name: string, instead: string): Addition => ({
  since,
  pattern: new RegExp(`\\b${name}\\(\\w+\\.\\w+\\)`, 'g'),
  instead,
})

/** What the catalogue queries use of it (release notes, appendix E; docs 52); the newest first. */
const additions: readonly Addition[] = [
  column(18, 'conenforced', 'true'),
  column(18, 'conperiod', 'false'),
  column(18, 'pubgencols', "'n'"),
  // The name of an ICU locale: a column of its own since 15, in collcollate and collctype before.
  column(15, 'colllocale', "(case when c.collprovider = 'i' then c.collcollate end)"),
  column(17, 'colllocale', 'c.colliculocale'),
  {
    since: 15,
    pattern: /\bc\.(collcollate|collctype) as\b/g,
    instead: "nullif(c.$1, case c.collprovider when 'i' then c.$1 end) as",
  },
  column(16, 'collicurules', 'null::text'),
  // Until then each member inherited, or did not, from all its roles alike.
  column(16, 'inherit_option', 'r.rolinherit'),
  column(16, 'set_option', 'true'),
  column(15, 'indnullsnotdistinct', 'false'),
  column(15, 'confdelsetcols', 'null::int2[]'),
  column(15, 'prattrs', 'null::int2vector'),
  column(15, 'prqual', 'null::pg_node_tree'),
  {
    since: 15,
    pattern: /\bpg_publication_namespace (\w+)/g,
    instead: '(select null::oid as oid, null::oid as pnpubid, null::oid as pnnspid where false) $1',
  },
  // Only a superuser could read the oid; a database that a program made for itself has none.
  {
    since: 14,
    pattern: /\bpg_subscription (\w+)/g,
    instead: '(select null::oid as oid, null::oid as subdbid where false) $1',
  },
  column(14, 'attcompression', "''"),
  column(14, 'prosqlbody', 'null::text'),
  call(14, 'pg_get_function_sqlbody', 'null::text'),
  call(14, 'pg_get_statisticsobjdef_expressions', 'null::text[]'),
  // There is no multirange type: what its name would be (makeMultirangeTypeName in typecmds.c).
  column(14, 'rngmultitypid', 'r.rngtypid'),
  {
    since: 14,
    pattern: /\bm\.typname as multirange_name\b/g,
    instead: `case when t.typname ~ 'range' then regexp_replace(t.typname, 'range', 'multirange')
               else left(t.typname, 52) || '_multirange' end as multirange_name`,
  },
]

const known = new Map<string, string>()

/** A catalogue query, written for the newest PostgreSQL, for that major version. */
export function forServer(query: string, major: number): string {
  const missing = additions.filter(({ since }) => major < since)
  if (missing.length === 0) return query
  const key = `${major} ${query}`
  const before = known.get(key)
  if (before !== undefined) return before
  const sql = missing.reduce((text, { pattern, instead }) => text.replace(pattern, instead), query)
  known.set(key, sql)
  return sql
}

/** An SQL expression that does the same to the text of `query`, an SQL expression too, on whatever server runs it. */
export function forServerSql(query: string): string {
  const literal = (text: string) => dollarQuote(text, 'p')
  return additions.reduce((text, { since, pattern, instead }) => {
    // PostgreSQL's regular expressions write the end of a word and a group in another way (docs 9.7.3).
    const source = literal(pattern.source.replaceAll('\\b', '\\y'))
    const older = `current_setting('server_version_num')::int < ${since}0000`
    const replacement = literal(instead.replaceAll(/\$(\d)/g, '\\$1'))
    return `regexp_replace(${text}, case when ${older} then ${source} else '^never$' end, ${replacement}, 'g')`
  }, query)
}
