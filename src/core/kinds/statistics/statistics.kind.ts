import { notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import { plainTable } from '../../catalog/plain-table.ts'
import { someRows } from '../../catalog/some-rows.ts'
import type { ObjectBase, ObjectId } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import { qualifiedNameOf } from '../../sql/names.ts'
import { quoteName } from '../../sql/quote.ts'
import { statement } from '../../sql/statement.ts'
import {
  commentField,
  isNumberOrNull,
  isText,
  isTexts,
  listOfExpressions,
  nameField,
  oneReference,
} from '../fields.ts'
import type { Kind } from '../kind.ts'

/** Statistics over several columns or expressions of a table (docs CREATE STATISTICS). */
export interface Statistics extends ObjectBase {
  readonly kind: 'statistics'
  /** The schema of its name, which a table does not take along when it moves. */
  readonly namespace: ObjectId
  /** Columns by their names in SQL, in the table's order, then expressions. */
  readonly items: readonly string[]
  /** `ndistinct`, `dependencies`, `mcv`, in this order; empty for a single expression. */
  readonly statistics: readonly string[]
  /** null: PostgreSQL's default. */
  readonly target: number | null
}

export const statisticsKind: Kind<Statistics> = {
  name: 'statistics',
  label: 'Statistics',
  plural: 'Statistics',
  icon: 'scan-search',
  order: 66,
  parents: ['table'],
  nameScope: 'kind',
  fields: {
    name: nameField((object, newName, schema) => alterStatistics(object, schema, `RENAME TO ${newName}`)),
    namespace: {
      label: 'Schema',
      editor: { type: 'object', kinds: ['schema'] },
      valid: isText,
      alter: {
        statements: (from, to, schema) => [
          statement(
            from,
            alterStatistics(from, schema, `SET SCHEMA ${qualifiedNameOf(to.namespace, schema)}`),
          ),
        ],
      },
      sample: ['public', 'schema'],
      references: oneReference,
    },
    items: {
      label: 'On',
      editor: { type: 'texts', placeholder: 'city' },
      valid: isTexts,
      alter: 'replace',
      sample: [
        ['email', 'first_name', 'included'],
        ['id', '(account_id + 1)', 'lower(email)'],
      ],
      expressions: listOfExpressions,
    },
    statistics: {
      label: 'Kinds',
      editor: { type: 'texts', placeholder: 'dependencies' },
      valid: isTexts,
      alter: 'replace',
      sample: [['mcv'], ['ndistinct', 'dependencies']],
    },
    target: {
      label: 'Target',
      editor: { type: 'number' },
      valid: isNumberOrNull,
      alter: {
        // -1 is the default in every version; the word DEFAULT only since 17.
        statements: (from, to, schema) => [
          statement(from, alterStatistics(from, schema, `SET STATISTICS ${to.target ?? -1}`)),
        ],
      },
      sample: [500, 0, null],
    },
    comment: commentField((object, schema) => `STATISTICS ${path(object, schema)}`),
  },
  sample: {
    id: 'statistics',
    kind: 'statistics',
    parent: 'table',
    name: 'contacts_linked',
    comment: null,
    namespace: 'schema',
    items: ['email', 'account_id'],
    statistics: ['ndistinct', 'dependencies', 'mcv'],
    target: null,
  },
  create: (object, schema) => {
    const kinds = object.statistics.length === 0 ? '' : ` (${object.statistics.join(', ')})`
    const table = qualifiedNameOf(object.parent, schema)
    const items = object.items.map(printItem).join(', ')
    const created = statement(
      object,
      `CREATE STATISTICS ${path(object, schema)}${kinds} ON ${items} FROM ${table}`,
    )
    if (object.target === null) return [created]
    return [created, statement(object, alterStatistics(object, schema, `SET STATISTICS ${object.target}`))]
  },
  drop: (object, schema) => [statement(object, `DROP STATISTICS ${path(object, schema)}`)],
  pinsColumns: () => 'conversion',
  catalog: {
    some: someRows('pg_statistic_ext', 'stxrelid'),
    query: `
      select s.oid::text, 's' || s.oid as id, 'c' || c.oid as parent, s.stxname as name, 'n' || s.stxnamespace as namespace,
             array(select quote_ident(a.attname) from unnest(s.stxkeys::int2[]) with ordinality u (attnum, place)
                   join pg_attribute a on a.attrelid = c.oid and a.attnum = u.attnum order by u.place)
               || coalesce(pg_get_statisticsobjdef_expressions(s.oid), '{}') as items,
             array(select v.word from (values (1, 'd', 'ndistinct'), (2, 'f', 'dependencies'), (3, 'm', 'mcv')) v (place, letter, word)
                   where v.letter = any (s.stxkind::text[]) and (cardinality(s.stxkeys::int2[]) > 0
                     or cardinality(pg_get_statisticsobjdef_expressions(s.oid)) > 1) order by v.place) as statistics,
             nullif(s.stxstattarget, -1) as target, obj_description(s.oid, 'pg_statistic_ext') as comment
      from pg_statistic_ext s join pg_class c on c.oid = s.stxrelid join pg_namespace n on n.oid = c.relnamespace
      where ${plainTable('c')} and ${ownSchemas} and ${notFromExtension('pg_class', 'c.oid')}
        and ($1::oid[] is null or c.oid = any ($1))
      order by n.nspname, c.relname, s.stxname`,
    read: (row) => ({
      id: row.text('id'),
      kind: 'statistics',
      parent: row.text('parent'),
      name: row.text('name'),
      namespace: row.text('namespace'),
      items: row.texts('items'),
      statistics: row.texts('statistics'),
      target: row.numberOrNull('target'),
      comment: row.textOrNull('comment'),
    }),
  },
}

function path(object: Statistics, schema: Schema): string {
  const namespace = schema.get(object.namespace)?.name
  const name = quoteName(object.name)
  return namespace === undefined || namespace === 'public' ? name : `${quoteName(namespace)}.${name}`
}

function alterStatistics(object: Statistics, schema: Schema, action: string): string {
  return `ALTER STATISTICS ${path(object, schema)} ${action}`
}

/** Only a column may stand without parentheses; more of them do no harm. */
function printItem(item: string): string {
  return /^([a-z_\u0080-\uffff][\w$\u0080-\uffff]*|"([^"]|"")+")$/.test(item) ? item : `(${item})`
}
