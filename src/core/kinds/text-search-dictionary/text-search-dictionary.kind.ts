import { notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import { someRows } from '../../catalog/some-rows.ts'
import type { ObjectBase } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import { qualifiedName, qualifiedNameOf } from '../../sql/names.ts'
import { statement } from '../../sql/statement.ts'
import { commentField, isText, isTexts, nameField } from '../fields.ts'
import { splitList } from '../function/function.arguments.ts'
import type { Kind } from '../kind.ts'

/** Turns words into lexemes (docs CREATE TEXT SEARCH DICTIONARY). */
export interface TextSearchDictionary extends ObjectBase {
  readonly kind: 'text search dictionary'
  /** As written in SQL: `simple`, `snowball`. */
  readonly template: string
  /** `name = 'value'` as PostgreSQL prints them, in their order. */
  readonly options: readonly string[]
}

export const textSearchDictionaryKind: Kind<TextSearchDictionary> = {
  name: 'text search dictionary',
  label: 'Text search dictionary',
  plural: 'Text search dictionaries',
  icon: 'file-text',
  order: 11,
  parents: ['schema'],
  nameScope: 'kind',
  mentionedBy: 'anything',
  fields: {
    name: nameField((dictionary, newName, schema) => alter(dictionary, schema, ` RENAME TO ${newName}`)),
    template: {
      label: 'Template',
      editor: { type: 'text', placeholder: 'simple' },
      valid: isText,
      alter: 'replace',
      sample: [],
    },
    options: {
      label: 'Options',
      editor: { type: 'texts', placeholder: "stopwords = 'english'" },
      valid: isTexts,
      alter: {
        statements: (from, to, schema) => {
          const nameOf = (option: string) => option.split('=')[0]?.trim() ?? ''
          const kept = new Set(to.options.map(nameOf))
          const gone = from.options.map(nameOf).filter((name) => !kept.has(name))
          const options = [...gone, ...to.options.filter((option) => !from.options.includes(option))]
          return options.length === 0
            ? []
            : [statement(from, alter(from, schema, ` (${options.join(', ')})`))]
        },
      },
      sample: [["accept = 'false'"], []],
    },
    comment: commentField(
      (dictionary, schema) => `TEXT SEARCH DICTIONARY ${qualifiedName(dictionary, schema)}`,
    ),
  },
  sample: {
    id: 'text search dictionary',
    kind: 'text search dictionary',
    parent: 'schema',
    name: 'plain_words',
    comment: null,
    template: 'simple',
    options: [],
  },
  create: (dictionary, schema) => [
    statement(
      dictionary,
      `CREATE TEXT SEARCH DICTIONARY ${qualifiedName(dictionary, schema)} (${[`TEMPLATE = ${dictionary.template}`, ...dictionary.options].join(', ')})`,
    ),
  ],
  drop: (dictionary, schema) => [
    statement(dictionary, `DROP TEXT SEARCH DICTIONARY ${qualifiedName(dictionary, schema)}`),
  ],
  move: (from, to, schema) => [
    statement(from, alter(from, schema, ` SET SCHEMA ${qualifiedNameOf(to.parent, schema)}`)),
  ],
  catalog: {
    some: someRows('pg_ts_dict', 'oid'),
    query: `
      select 'i' || d.oid as id, 'n' || d.dictnamespace as parent, d.dictname as name,
             case when s.nspname in ('pg_catalog', 'public') then '' else quote_ident(s.nspname) || '.' end || quote_ident(t.tmplname) as template,
             coalesce(d.dictinitoption, '') as options, obj_description(d.oid, 'pg_ts_dict') as comment
      from pg_ts_dict d join pg_namespace n on n.oid = d.dictnamespace
        join pg_ts_template t on t.oid = d.dicttemplate join pg_namespace s on s.oid = t.tmplnamespace
      where ${ownSchemas} and ${notFromExtension('pg_ts_dict', 'd.oid')} and ($1::oid[] is null or d.oid = any ($1))
      order by n.nspname, d.dictname`,
    read: (row) => ({
      id: row.text('id'),
      kind: 'text search dictionary',
      parent: row.text('parent'),
      name: row.text('name'),
      template: row.text('template'),
      options: splitList(row.text('options')),
      comment: row.textOrNull('comment'),
    }),
  },
}

function alter(dictionary: TextSearchDictionary, schema: Schema, action: string): string {
  return `ALTER TEXT SEARCH DICTIONARY ${qualifiedName(dictionary, schema)}${action}`
}
