import { notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import { someRows } from '../../catalog/some-rows.ts'
import type { ObjectBase } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import { qualifiedName, qualifiedNameOf } from '../../sql/names.ts'
import { type Statement, statement } from '../../sql/statement.ts'
import { commentField, isText, isTexts, listOfExpressions, nameField } from '../fields.ts'
import type { AlterRule, Kind } from '../kind.ts'

/** Which dictionaries look at which kinds of words (docs CREATE TEXT SEARCH CONFIGURATION). */
export interface TextSearchConfiguration extends ObjectBase {
  readonly kind: 'text search configuration'
  /** As written in SQL, `default` in double quotes. */
  readonly parser: string
  /** `asciiword WITH english_stem, simple`: a token type and its dictionaries, in the order of the token types' names. */
  readonly mappings: readonly string[]
}

const alterMappings: AlterRule<TextSearchConfiguration> = {
  statements: (from, to, schema) => {
    const before = new Map(from.mappings.map(split))
    const after = new Map(to.mappings.map(split))
    const dropped = [...before.keys()].filter((token) => !after.has(token))
    const changed = [...after].filter(([token, dictionaries]) => before.get(token) !== dictionaries)
    return [
      ...dropped.map((token) => alter(from, schema, `DROP MAPPING FOR ${token}`)),
      ...changed.map(([token, dictionaries]) =>
        alter(
          from,
          schema,
          `${before.has(token) ? 'ALTER' : 'ADD'} MAPPING FOR ${token} WITH ${dictionaries}`,
        ),
      ),
    ]
  },
}

export const textSearchConfigurationKind: Kind<TextSearchConfiguration> = {
  name: 'text search configuration',
  label: 'Text search configuration',
  plural: 'Text search configurations',
  icon: 'search',
  order: 12,
  parents: ['schema'],
  nameScope: 'kind',
  mentionedBy: 'anything',
  fields: {
    name: nameField(
      (configuration, newName, schema) => alter(configuration, schema, `RENAME TO ${newName}`).sql,
    ),
    parser: {
      label: 'Parser',
      editor: { type: 'text', placeholder: '"default"' },
      valid: isText,
      alter: 'replace',
      sample: [],
    },
    mappings: {
      label: 'Mappings',
      editor: { type: 'texts', placeholder: 'word WITH simple' },
      valid: isTexts,
      alter: alterMappings,
      sample: [
        ['asciiword WITH english_stem, simple', 'word WITH app.plain_words'],
        ['word WITH simple'],
        [],
      ],
      expressions: listOfExpressions,
    },
    comment: commentField(
      (configuration, schema) => `TEXT SEARCH CONFIGURATION ${qualifiedName(configuration, schema)}`,
    ),
  },
  sample: {
    id: 'text search configuration',
    kind: 'text search configuration',
    parent: 'schema',
    name: 'everyday',
    comment: null,
    parser: '"default"',
    mappings: ['asciiword WITH simple', 'int WITH app.plain_words'],
  },
  create: (configuration, schema) => [
    statement(
      configuration,
      `CREATE TEXT SEARCH CONFIGURATION ${qualifiedName(configuration, schema)} (PARSER = ${configuration.parser})`,
    ),
    ...configuration.mappings
      .map(split)
      .map(([token, dictionaries]) =>
        alter(configuration, schema, `ADD MAPPING FOR ${token} WITH ${dictionaries}`),
      ),
  ],
  drop: (configuration, schema) => [
    statement(configuration, `DROP TEXT SEARCH CONFIGURATION ${qualifiedName(configuration, schema)}`),
  ],
  move: (from, to, schema) => [alter(from, schema, `SET SCHEMA ${qualifiedNameOf(to.parent, schema)}`)],
  catalog: {
    some: someRows('pg_ts_config', 'oid'),
    query: `
      select 'f' || c.oid as id, 'n' || c.cfgnamespace as parent, c.cfgname as name,
             case when s.nspname in ('pg_catalog', 'public') then '' else quote_ident(s.nspname) || '.' end || quote_ident(p.prsname) as parser,
             array(select t.alias || ' WITH ' || string_agg(m.mapdict::regdictionary::text, ', ' order by m.mapseqno)
                   from ts_token_type(c.cfgparser) t join pg_ts_config_map m on m.mapcfg = c.oid and m.maptokentype = t.tokid
                   group by t.alias order by t.alias) as mappings,
             obj_description(c.oid, 'pg_ts_config') as comment
      from pg_ts_config c join pg_namespace n on n.oid = c.cfgnamespace
        join pg_ts_parser p on p.oid = c.cfgparser join pg_namespace s on s.oid = p.prsnamespace
      where ${ownSchemas} and ${notFromExtension('pg_ts_config', 'c.oid')} and ($1::oid[] is null or c.oid = any ($1))
      order by n.nspname, c.cfgname`,
    read: (row) => ({
      id: row.text('id'),
      kind: 'text search configuration',
      parent: row.text('parent'),
      name: row.text('name'),
      parser: row.text('parser'),
      mappings: row.texts('mappings'),
      comment: row.textOrNull('comment'),
    }),
  },
}

/** The token type and its dictionaries. */
function split(mapping: string): readonly [string, string] {
  const [token = '', dictionaries = ''] = mapping.split(/\s+WITH\s+/i)
  return [token.trim(), dictionaries.trim()]
}

function alter(configuration: TextSearchConfiguration, schema: Schema, action: string): Statement {
  return statement(
    configuration,
    `ALTER TEXT SEARCH CONFIGURATION ${qualifiedName(configuration, schema)} ${action}`,
  )
}
