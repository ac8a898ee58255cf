import { notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import { someRows } from '../../catalog/some-rows.ts'
import type { ObjectBase } from '../../model/object.ts'
import { qualifiedName, qualifiedNameOf } from '../../sql/names.ts'
import { statement } from '../../sql/statement.ts'
import { commentField, isFlag, isOneOf, isTextOrNull, nameField } from '../fields.ts'
import type { AlterRule, Field, Kind } from '../kind.ts'
import { alterDefinition, createCollation } from './collation.alter.ts'

const providers = ['icu', 'libc', 'builtin'] as const
const isProvider = isOneOf(providers)

/** How texts are sorted and compared (docs CREATE COLLATION). */
export interface Collation extends ObjectBase {
  readonly kind: 'collation'
  readonly provider: (typeof providers)[number]
  /** Of ICU and the built-in provider. */
  readonly locale: string | null
  /** Of the C library. */
  readonly lcCollate: string | null
  readonly lcCtype: string | null
  readonly deterministic: boolean
  /** Of ICU: rules beyond the locale's. */
  readonly rules: string | null
}

function textField(
  label: string,
  placeholder: string,
  alter: AlterRule<Collation>,
  sample: readonly (string | null)[] = [],
): Field<Collation, string | null> {
  return { label, editor: { type: 'text', placeholder }, valid: isTextOrNull, alter, sample }
}

export const collationKind: Kind<Collation> = {
  name: 'collation',
  label: 'Collation',
  plural: 'Collations',
  icon: 'type',
  order: 8,
  parents: ['schema'],
  nameScope: 'kind',
  mentionedBy: 'anything',
  fields: {
    name: nameField(
      (collation, newName, schema) =>
        `ALTER COLLATION ${qualifiedName(collation, schema)} RENAME TO ${newName}`,
    ),
    provider: {
      label: 'Provider',
      editor: { type: 'choice', options: providers.map((value) => ({ value, label: value })) },
      valid: isProvider,
      alter: alterDefinition('provider'),
      sample: [],
    },
    locale: textField('Locale', 'de-DE', alterDefinition('locale')),
    lcCollate: textField('Sorts as', 'C', alterDefinition('lcCollate'), ['POSIX', 'C']),
    lcCtype: textField('Classifies as', 'C', alterDefinition('lcCtype'), ['POSIX', 'C']),
    deterministic: {
      label: 'Deterministic',
      editor: { type: 'boolean' },
      valid: isFlag,
      alter: alterDefinition('deterministic'),
      sample: [],
    },
    rules: textField('Rules', '&a < g', alterDefinition('rules')),
    comment: commentField((collation, schema) => `COLLATION ${qualifiedName(collation, schema)}`),
  },
  sample: {
    id: 'collation',
    kind: 'collation',
    parent: 'schema',
    name: 'plain_bytes',
    comment: null,
    provider: 'libc',
    locale: null,
    lcCollate: 'C',
    lcCtype: 'C',
    deterministic: true,
    rules: null,
  },
  create: (collation, schema) => [createCollation(collation, schema)],
  drop: (collation, schema) => [statement(collation, `DROP COLLATION ${qualifiedName(collation, schema)}`)],
  move: (from, to, schema) => [
    statement(
      from,
      `ALTER COLLATION ${qualifiedName(from, schema)} SET SCHEMA ${qualifiedNameOf(to.parent, schema)}`,
    ),
  ],
  catalog: {
    some: someRows('pg_collation', 'oid'),
    query: `
      select 'l' || c.oid as id, 'n' || c.collnamespace as parent, c.collname as name,
             case c.collprovider when 'i' then 'icu' when 'b' then 'builtin' else 'libc' end as provider,
             c.colllocale as locale, c.collcollate as lc_collate, c.collctype as lc_ctype,
             c.collisdeterministic as deterministic, c.collicurules as rules, obj_description(c.oid, 'pg_collation') as comment
      from pg_collation c join pg_namespace n on n.oid = c.collnamespace
      where ${ownSchemas} and ${notFromExtension('pg_collation', 'c.oid')} and ($1::oid[] is null or c.oid = any ($1))
      order by n.nspname, c.collname`,
    read: (row) => {
      const provider = row.text('provider')
      return {
        id: row.text('id'),
        kind: 'collation',
        parent: row.text('parent'),
        name: row.text('name'),
        provider: isProvider(provider) ? provider : 'libc',
        locale: row.textOrNull('locale'),
        lcCollate: row.textOrNull('lc_collate'),
        lcCtype: row.textOrNull('lc_ctype'),
        deterministic: row.flag('deterministic'),
        rules: row.textOrNull('rules'),
        comment: row.textOrNull('comment'),
      }
    },
  },
}
