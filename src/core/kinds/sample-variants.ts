import type { ObjectBase } from '../model/object.ts'
import { parsePgType } from '../model/pg-type.ts'
import { blankColumn, type Column } from './column/column.kind.ts'
import type { ForeignKey } from './foreign-key/foreign-key.kind.ts'
import { foreignKeyKind } from './foreign-key/foreign-key.kind.ts'
import { type FunctionObject, functionKind } from './function/function.kind.ts'
import { type Index, type IndexKey, indexKind } from './index/index.kind.ts'
import type { PrimaryKey } from './primary-key/primary-key.kind.ts'
import { inheritanceVariants } from './sample-inheritance.ts'
import { partitionVariants } from './sample-partitions.ts'
import { programVariants } from './sample-programs.ts'
import { relationVariants } from './sample-relations.ts'
import { rightsVariants } from './sample-rights.ts'
import { typeVariants } from './sample-types.ts'
import { type Sequence, sequenceKind } from './sequence/sequence.kind.ts'
import { defaultSequenceOptions } from './sequence/sequence-options.ts'
import { blankTable } from './table/blank-table.ts'
import type { Table } from './table/table.kind.ts'
import { type Trigger, triggerKind } from './trigger/trigger.kind.ts'
import type { Unique } from './unique/unique.kind.ts'
import { type View, viewKind } from './view/view.kind.ts'

const table = 'things table'
const c = (name: string) => `things ${name}`

/** A table with the rarer forms of every kind, all as PostgreSQL prints them, for tests that go through all of them. */
export function variantObjects(): readonly ObjectBase[] {
  return [
    things,
    ...typeVariants(),
    ...columns(),
    ...keys(),
    ...foreignKeys(),
    ...indexes(),
    ...functions(),
    ...views(),
    ...triggers(),
    ...relationVariants(),
    ...programVariants(),
    ownedSequence,
    ...rightsVariants(),
    ...partitionVariants(),
    ...inheritanceVariants(),
  ]
}

const things: Table = {
  ...blankTable,
  id: table,
  parent: 'schema',
  name: 'Things & more',
  rowSecurity: true,
  forceRowSecurity: true,
  parameters: ['autovacuum_enabled=false', 'fillfactor=80', 'toast.autovacuum_enabled=false'],
  replicaIndex: 'things replica index',
}

const ownedSequence: Sequence = {
  ...sequenceKind.sample,
  id: 'owned sequence',
  name: 'Things_serial',
  dataType: 'integer',
  options: defaultSequenceOptions('integer'),
  ownedBy: c('serial'),
}

function column(name: string, type: string, more: Partial<Column> = {}): Column {
  return {
    ...blankColumn,
    id: c(name),
    parent: table,
    name,
    ordinal: 1,
    type: parsePgType(type, () => null),
    ...more,
  }
}

function columns(): readonly Column[] {
  const options = defaultSequenceOptions('bigint')
  const types = [
    'smallint',
    'numeric(5,-2)',
    'numeric',
    'real',
    'double precision',
    'varchar',
    'char(3)',
    'bpchar',
    '"char"',
    'name',
    'bytea',
    'bit(3)',
    'bit varying(9)',
    'boolean',
    'date',
    'time(2)',
    'timetz',
    'timestamp(0)',
    'timestamptz(3)',
    'interval',
    'interval(2)',
    'interval year to month',
    'interval day to second(3)',
    'uuid',
    'json',
    'inet',
    'cidr',
    'macaddr8',
    'point',
    'int4range',
    'tstzmultirange',
    'tsquery',
    'xml',
    'money',
    'oid',
    'regclass',
    'pg_lsn',
    'jsonpath',
    'varchar(20)[]',
    'timestamptz(3)[]',
    'citext',
  ]
  const ownTypes: readonly (readonly [string, string, string, number?])[] = [
    ['of domain', 'email_address', 'domain'],
    ['of domains', 'Strict "domain" 🐘', 'strict domain', 1],
    ['of composite', 'Place "type" 🐘', 'composite variant'],
    ['of range', 'texts', 'text range'],
  ]
  const rowType = { base: 'accounts', modifiers: '', dimensions: 0, ref: 'accounts table' }
  const all = [
    column('serial', 'integer', { notNull: true, default: `nextval('app."Things_serial"'::regclass)` }),
    column('id', 'bigint', { notNull: true, identity: { generation: 'always', options } }),
    column('A "b" 🐘', 'text', { collation: '"C"', comment: 'Odd' }),
    column('code', 'integer'),
    column('account', 'bigint', { statistics: 750 }),
    column('data', 'jsonb', {
      notNull: true,
      default: "'{}'::jsonb",
      storage: 'external',
      compression: 'pglz',
    }),
    column('tags', 'text[]', { default: "'{}'::text[]" }),
    column('words', 'tsvector'),
    column('twice', 'integer', { generated: { expression: '(code * 2)', storage: 'stored' } }),
    column('thrice', 'integer', { generated: { expression: '(code * 3)', storage: 'virtual' } }),
    column('owner', 'text', { type: rowType }),
    ...ownTypes.map(([name, base, ref, dimensions = 0]) =>
      column(name, '', { type: { base, modifiers: '', dimensions, ref } }),
    ),
    ...types.map((type, place) => column(`type ${place}`, type)),
  ]
  return all.map((each, place) => ({ ...each, ordinal: place + 1 }))
}

function keys(): readonly ObjectBase[] {
  const primary: PrimaryKey = {
    id: 'things primary key',
    kind: 'primary key',
    parent: table,
    name: 'Things pkey',
    comment: 'Key',
    columns: [c('id'), c('serial')],
    include: [c('code'), c('A "b" 🐘')],
    deferral: 'initially deferred',
  }
  const unique: Unique = {
    id: 'things unique',
    kind: 'unique',
    parent: table,
    name: 'things_code_key',
    comment: null,
    columns: [c('code'), c('account')],
    include: [c('serial')],
    nullsNotDistinct: true,
    deferral: 'not deferrable',
  }
  return [primary, unique]
}

function foreignKeys(): readonly ForeignKey[] {
  const toItself: ForeignKey = {
    ...foreignKeyKind.sample,
    id: 'things to itself',
    parent: table,
    name: 'things_self',
    columns: [c('code'), c('account')],
    referencedTable: table,
    referencedColumns: [c('code'), c('account')],
    onUpdate: 'cascade',
    onDelete: 'set null',
    onDeleteColumns: [c('account')],
    deferral: 'deferrable',
  }
  return [
    toItself,
    {
      ...toItself,
      id: 'things full match',
      name: 'things_full',
      onDelete: 'set default',
      onDeleteColumns: [],
      match: 'full',
      deferral: 'initially deferred',
      notValid: true,
    },
  ]
}

function indexes(): readonly Index[] {
  const plain: IndexKey = {
    column: null,
    expression: null,
    opclass: null,
    collation: null,
    order: 'asc',
    nulls: null,
  }
  const make = (id: string, keys: readonly Partial<IndexKey>[], more: Partial<Index> = {}): Index => ({
    ...indexKind.sample,
    id,
    parent: table,
    name: id,
    keys: keys.map((key) => ({ ...plain, ...key })),
    ...more,
  })
  return [
    make('things_data', [{ column: c('data') }], { method: 'gin', with: ['fastupdate=off'] }),
    make('things_paths', [{ column: c('data'), opclass: 'jsonb_path_ops' }], { method: 'gin' }),
    make('things_tags', [{ column: c('tags') }], { method: 'gin' }),
    make('things_words', [{ column: c('words'), opclass: "tsvector_ops(siglen='100')" }], { method: 'gist' }),
    make('things_point', [{ column: c('type 28') }], { method: 'spgist' }),
    make('things replica index', [{ column: c('id') }], { unique: true }),
    make('things_range', [{ column: c('type 29') }], { method: 'gist' }),
    make('things_brin', [{ column: c('id'), opclass: "int8_minmax_multi_ops(values_per_range='16')" }], {
      method: 'brin',
      with: ['autosummarize=on', 'pages_per_range=64'],
    }),
    make(
      'Things many',
      [
        {
          column: c('A "b" 🐘'),
          collation: '"default"',
          opclass: 'text_pattern_ops',
          order: 'desc',
        },
        { expression: 'lower("A ""b"" 🐘")', collation: '"C"', order: 'desc', nulls: 'last' },
        { expression: "(data ->> 'a;b'::text)", nulls: 'first' },
        { column: c('type 40') },
      ],
      {
        unique: true,
        nullsNotDistinct: true,
        include: [c('code')],
        where: '(code IS NOT NULL)',
        comment: 'Many',
      },
    ),
  ]
}

function functions(): readonly FunctionObject[] {
  const base = functionKind.sample
  return [
    {
      ...base,
      id: 'procedure',
      name: 'do it',
      procedure: true,
      arguments: 'IN a integer, INOUT b text',
      returns: null,
      body: 'BEGIN b := a; END',
      securityDefiner: true,
      settings: ['search_path=app, public'],
      comment: 'A procedure',
    },
    {
      ...base,
      id: 'overload',
      name: 'do it',
      arguments: 'a bigint, OUT b text, OUT c integer',
      returns: 'record',
      language: 'sql',
      body: "SELECT 'x', 1",
      volatility: 'immutable',
      strict: true,
      parallel: 'safe',
      cost: 7,
    },
    {
      ...base,
      id: 'atomic',
      name: 'atomic',
      arguments: 'wanted bigint',
      returns: 'SETOF app."Things & more"',
      language: 'sql',
      body: 'SELECT * FROM app."Things & more" WHERE id = wanted',
      volatility: 'stable',
      rows: 3,
    },
    {
      ...base,
      id: 'standard',
      name: 'standard',
      arguments: 'VARIADIC m app.mood[]',
      returns: 'TABLE(n integer, t text)',
      language: 'sql',
      body: `BEGIN ATOMIC\n SELECT cardinality(m) AS cardinality,\n     'x;y'::text AS text;\nEND`,
      standardBody: true,
    },
    {
      ...base,
      id: 'returning',
      name: 'returning',
      arguments: 'a integer, b double precision DEFAULT 1.5',
      returns: 'double precision',
      language: 'sql',
      body: 'RETURN ((a)::double precision * b)',
      standardBody: true,
      volatility: 'immutable',
    },
  ]
}

function views(): readonly View[] {
  return [
    {
      ...viewKind.sample,
      id: 'options view',
      name: 'Things view',
      query: ` SELECT id,\n    code\n   FROM app."Things & more"\n  WHERE (code > 0)`.trimStart(),
      checkOption: 'cascaded',
      securityInvoker: true,
      securityBarrier: true,
      comment: 'View',
    },
  ]
}

function triggers(): readonly Trigger[] {
  const base: Trigger = { ...triggerKind.sample, parent: table }
  return [
    {
      ...base,
      id: 'constraint trigger',
      name: 'late WHEN (',
      timing: 'after',
      events: ['insert', 'update'],
      updateOf: [c('code'), c('A "b" 🐘')],
      when: '(new.code > 3)',
      constraint: 'initially deferred',
      comment: 'Late',
    },
    {
      ...base,
      id: 'statement trigger',
      name: 'whole',
      timing: 'after',
      events: ['update'],
      level: 'statement',
      oldTable: 'old rows',
      newTable: 'new_rows',
      enabled: 'always',
    },
    {
      ...base,
      id: 'system trigger',
      name: 'words',
      events: ['insert', 'update'],
      function: null,
      functionName: 'tsvector_update_trigger',
      arguments: ['words', 'pg_catalog.english', 'A "b" 🐘'],
    },
    {
      ...base,
      id: 'truncate trigger',
      name: 'gone',
      events: ['truncate'],
      level: 'statement',
      enabled: 'disabled',
    },
    {
      ...base,
      id: 'instead trigger',
      parent: 'options view',
      name: 'instead',
      timing: 'instead of',
      events: ['insert', 'delete'],
    },
  ]
}
