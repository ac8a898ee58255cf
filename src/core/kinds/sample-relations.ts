import type { ObjectBase } from '../model/object.ts'
import {
  type ExclusionConstraint,
  exclusionConstraintKind,
} from './exclusion-constraint/exclusion-constraint.kind.ts'
import { type Index, type IndexKey, indexKind } from './index/index.kind.ts'
import { type MaterializedView, materializedViewKind } from './materialized-view/materialized-view.kind.ts'
import { type Rule, ruleKind } from './rule/rule.kind.ts'
import { type Statistics, statisticsKind } from './statistics/statistics.kind.ts'

const table = 'things table'
const c = (name: string) => `things ${name}`

const plain: IndexKey = {
  column: null,
  expression: null,
  opclass: null,
  collation: null,
  order: 'asc',
  nulls: null,
}

/** The rarer forms of what stands beside tables or on them. */
export function relationVariants(): readonly ObjectBase[] {
  return [...materializedViews(), exclusion, ...statistics(), ...rules()]
}

function materializedViews(): readonly ObjectBase[] {
  const view: MaterializedView = {
    ...materializedViewKind.sample,
    id: 'materialized variant',
    name: 'Totals "of" 🐘',
    query: `SELECT code AS "A ""b"" 🐘",\n    count(*) AS total\n   FROM app."Things & more"\n  GROUP BY code`,
    populated: false,
    with: ['fillfactor=90'],
    comment: 'Totals',
  }
  const index: Index = {
    ...indexKind.sample,
    id: 'materialized index',
    parent: view.id,
    name: 'Totals key',
    unique: true,
    keys: [
      { ...plain, expression: '"A ""b"" 🐘"', order: 'desc' },
      { ...plain, expression: '(total + 1)' },
    ],
    comment: 'Index of totals',
  }
  return [view, index]
}

const exclusion: ExclusionConstraint = {
  ...exclusionConstraintKind.sample,
  id: 'exclusion variant',
  parent: table,
  name: 'Apart "x" 🐘',
  keys: [{ ...plain, column: c('type 29') }],
  operators: ['&&'],
  include: [c('code')],
  where: '(code IS NOT NULL)',
  deferral: 'initially deferred',
  comment: 'Apart',
}

function statistics(): readonly Statistics[] {
  return [
    {
      ...statisticsKind.sample,
      id: 'statistics variant',
      parent: table,
      name: 'Linked "x" 🐘',
      namespace: 'public',
      items: ['"A ""b"" 🐘"', 'code', '(code + 1)'],
      statistics: ['mcv'],
      target: 100,
      comment: 'Linked',
    },
    {
      ...statisticsKind.sample,
      id: 'expression statistics',
      parent: table,
      name: 'doubled',
      items: ['(code * 2)'],
      statistics: [],
    },
  ]
}

function rules(): readonly Rule[] {
  return [
    {
      ...ruleKind.sample,
      id: 'view rule',
      parent: 'options view',
      name: 'Rule "x" 🐘',
      event: 'delete',
      body: `DO INSTEAD  DELETE FROM app."Things & more"\n  WHERE ("Things & more".id = old.id)`,
      enabled: 'origin',
      comment: 'Rule',
    },
    {
      ...ruleKind.sample,
      id: 'replica rule',
      parent: table,
      name: 'noted',
      body: "DO\n NOTIFY changed, 'a;b'",
      enabled: 'replica',
    },
  ]
}
