import type { SchemaDocument } from '../model/document.ts'
import type { ObjectBase } from '../model/object.ts'
import { pgType } from '../model/pg-type.ts'
import { blankColumn, type Column } from './column/column.kind.ts'
import { type FunctionObject, functionKind } from './function/function.kind.ts'
import type { PrimaryKey } from './primary-key/primary-key.kind.ts'
import { allKinds } from './registry.ts'
import { variantObjects } from './sample-variants.ts'
import { publicSchema } from './schema/schema.kind.ts'
import { blankTable } from './table/blank-table.ts'
import type { Table } from './table/table.kind.ts'
import type { Unique } from './unique/unique.kind.ts'

/** One object of every kind, and what their samples refer to. */
export function sampleDocument(): SchemaDocument {
  const objects = [...ground(), ...allKinds().map((kind) => kind.sample), ...variantObjects()]
  return { objects: new Map(objects.map((object) => [object.id, object])), diagram: new Map() }
}

function ground(): readonly ObjectBase[] {
  const accounts: Table = { ...blankTable, id: 'accounts table', parent: 'schema', name: 'accounts' }
  const accountsKey: PrimaryKey = {
    id: 'accounts primary key',
    kind: 'primary key',
    parent: accounts.id,
    name: 'accounts_pkey',
    comment: null,
    columns: ['account id column'],
    include: [],
    deferral: 'not deferrable',
  }
  const accountsCode: Unique = {
    id: 'accounts unique',
    kind: 'unique',
    parent: accounts.id,
    name: 'accounts_code_key',
    comment: null,
    columns: ['account code column'],
    include: [],
    nullsNotDistinct: false,
    deferral: 'not deferrable',
  }
  return [
    publicSchema('public'),
    accounts,
    column('account id column', accounts.id, 'id', 1, 'bigint', true),
    column('account code column', accounts.id, 'code', 2, 'integer', false),
    accountsKey,
    accountsCode,
    touch,
    column('id column', 'table', 'id', 1, 'bigint', true),
    column('email column', 'table', 'email', 2, 'text', true),
    column('first_name column', 'table', 'first_name', 3, 'text', true),
    column('account_id column', 'table', 'account_id', 4, 'bigint', false),
    column('included column', 'table', 'included', 5, 'integer', false),
    {
      ...column('mood column', 'table', 'mood', 6, 'text', true),
      type: { base: 'mood', modifiers: '', dimensions: 0, ref: 'enum' },
      default: "'happy'::app.mood",
    },
    {
      ...column('moods column', 'table', 'moods', 7, 'text', false),
      type: { base: 'mood', modifiers: '', dimensions: 1, ref: 'enum' },
    },
  ]
}

/** A trigger function, which the sample of triggers calls. */
const touch: FunctionObject = {
  ...functionKind.sample,
  id: 'touch function',
  name: 'touch',
  arguments: '',
  returns: 'trigger',
  body: 'BEGIN RETURN NEW; END',
}

function column(
  id: string,
  parent: string,
  name: string,
  ordinal: number,
  type: string,
  notNull: boolean,
): Column {
  return {
    ...blankColumn,
    id,
    parent,
    name,
    ordinal,
    type: pgType(type),
    notNull,
  }
}
