import { firstOwnOid } from './keys.ts'

/** Rows of a system catalogue that say whether a kind may have objects. */
export interface SomeRows {
  /** What follows FROM. */
  readonly catalog: string
  /** The column by which a scope limits them; null: whatever the scope. */
  readonly oid: string | null
  /** SQL that is true for them. */
  readonly condition: string
}

/**
 * Rows of a system catalogue that are in a query's scope, or all that did not come with PostgreSQL. `oid` is the column
 * by which the scope limits them, `condition` what else is true of them.
 */
export function someRows(catalog: string, oid: string, condition = 'true'): readonly SomeRows[] {
  return [{ catalog, oid, condition: `${oid} >= ${firstOwnOid} and ${condition}` }]
}

/** The same of what lies in tables, where a scope includes the partitions of its tables: then of any. */
export function someParts(catalog: string, relation: string, condition = 'true'): readonly SomeRows[] {
  return [...someRows(catalog, relation, condition), ...anyRows('pg_partitioned_table')]
}

/** Rows whatever the scope: for kinds that are always read as a whole, and catalogues with few rows. */
export function anyRows(catalog: string, condition = 'true'): readonly SomeRows[] {
  return [{ catalog, oid: null, condition }]
}

/** Tables, with their columns. */
export const someTables = someRows('pg_class', 'oid', `relkind in ('r', 'p')`)

/** Composite types are in the scope by their own oid and by that of their relation. */
export const someComposites: readonly SomeRows[] = [
  ...someRows('pg_class', 'oid', `relkind = 'c'`),
  ...someRows(
    'pg_type',
    'oid',
    `typtype = 'c' and exists (select from pg_class c where c.oid = typrelid and c.relkind = 'c')`,
  ),
]

/** Of what belongs to another role than whoever asks; a schema may be that of the start. */
export const someOwners: readonly SomeRows[] = [
  { catalog: 'pg_namespace', oid: 'oid', condition: ofAnother('nspowner') },
  ...someRows('pg_class', 'oid', ofAnother('relowner')),
  ...someRows('pg_proc', 'oid', ofAnother('proowner')),
  ...someRows('pg_type', 'oid', ofAnother('typowner')),
  ...someRows('pg_collation', 'oid', ofAnother('collowner')),
  ...someRows('pg_ts_dict', 'oid', ofAnother('dictowner')),
  ...someRows('pg_ts_config', 'oid', ofAnother('cfgowner')),
  ...someRows('pg_statistic_ext', 'oid', ofAnother('stxowner')),
  ...someRows('pg_event_trigger', 'oid', ofAnother('evtowner')),
]

function ofAnother(owner: string): string {
  return `pg_get_userbyid(${owner}) not in (current_user, 'pg_database_owner')`
}

/** SQL of type boolean for whether any such rows are in the scope `$1::oid[]`. */
export function anyOf(some: readonly SomeRows[]): string {
  const selects = some.map(({ catalog, oid, condition }) =>
    oid === null
      ? `select from ${catalog} where ${condition}`
      : `select from ${catalog} where ${condition} and ($1::oid[] is null or ${oid} = any ($1))`,
  )
  return `exists (${selects.join(' union all ')})`
}

/**
 * SELECT of one row whose `found` says of each list whether any of its rows are in the scope that `oids`, SQL of type
 * oid[], gives. It looks into each catalogue once for all lists: to begin with a catalogue takes longer than to test
 * the few rows that are in a scope.
 */
export function anyOfEach(lists: readonly (readonly SomeRows[] | undefined)[], oids: string): string {
  const looks = new Map<string, string[]>()
  const answers = lists.map((list) => {
    if (!list) return 'true'
    const found = list.map(({ catalog, oid, condition }) => {
      const from = oid === null ? catalog : `${catalog} where ${oid} = any (${oids})`
      const conditions = looks.get(from) ?? []
      looks.set(from, conditions)
      const known = conditions.indexOf(condition)
      const place = known === -1 ? conditions.push(condition) - 1 : known
      return `coalesce(l${[...looks.keys()].indexOf(from)}.c${place}, false)`
    })
    return [...new Set(found)].join(' or ')
  })
  const from = [...looks].map(([rows, conditions], index) => {
    const columns = conditions.map((condition, place) => `bool_or(${condition}) as c${place}`)
    return `(select ${columns.join(', ')} from ${rows}) l${index}`
  })
  return `select array[${answers.join(',\n')}] as found from ${from.join(',\n')}`
}
