import fc from 'fast-check'
import type { Column } from '../core/kinds/column/column.kind.ts'
import { exclusionConstraintKind } from '../core/kinds/exclusion-constraint/exclusion-constraint.kind.ts'
import { type Index, type IndexKey, indexKind } from '../core/kinds/index/index.kind.ts'
import { materializedViewKind } from '../core/kinds/materialized-view/materialized-view.kind.ts'
import type { AnyObject } from '../core/kinds/registry.ts'
import { ruleKind } from '../core/kinds/rule/rule.kind.ts'
import { statisticsKind } from '../core/kinds/statistics/statistics.kind.ts'
import { type View, viewKind } from '../core/kinds/view/view.kind.ts'
import type { ObjectBase } from '../core/model/object.ts'
import { quoteName } from '../core/sql/quote.ts'
import { type GrantSpec, grantSpec, tablespace } from './arbitrary-options.test-kit.ts'
import { buildGrant } from './arbitrary-rights.test-kit.ts'

interface OnTable {
  readonly name: string
  readonly table: number
  readonly columns: readonly number[]
}

/** What reads tables or stands on them in a random schema; absent ones are null. Their ids are these words. */
export interface RelationsSpec {
  readonly view: (OnTable & { readonly filter: boolean; readonly grant: GrantSpec | null }) | null
  readonly matview:
    | (OnTable & {
        readonly filter: boolean
        readonly populated: boolean
        readonly unique: boolean | null
        readonly comment: string | null
        readonly tablespace: string | null
      })
    | null
  readonly exclusion: OnTable | null
  readonly statistics:
    | (OnTable & { readonly expression: boolean; readonly mcv: boolean; readonly comment: string | null })
    | null
  readonly rule: (OnTable & { readonly event: 'insert' | 'update'; readonly disabled: boolean }) | null
}

export function relationsSpec(
  name: fc.Arbitrary<string>,
  comment: fc.Arbitrary<string | null>,
  tables: number,
  slot: fc.Arbitrary<number>,
): fc.Arbitrary<RelationsSpec> {
  const onTable = {
    name,
    table: fc.nat(tables - 1),
    columns: fc.uniqueArray(slot, { minLength: 1, maxLength: 3 }),
  }
  return fc.record({
    view: fc.option(fc.record({ ...onTable, filter: fc.boolean(), grant: fc.option(grantSpec) }), {
      freq: 2,
    }),
    matview: fc.option(
      fc.record({
        ...onTable,
        filter: fc.boolean(),
        populated: fc.boolean(),
        unique: fc.option(fc.boolean()),
        comment,
        tablespace,
      }),
      { freq: 1 },
    ),
    exclusion: fc.option(fc.record(onTable), { freq: 1 }),
    statistics: fc.option(fc.record({ ...onTable, expression: fc.boolean(), mcv: fc.boolean(), comment }), {
      freq: 1,
    }),
    rule: fc.option(
      fc.record({
        ...onTable,
        event: fc.constantFrom<('insert' | 'update')[]>('insert', 'update'),
        disabled: fc.boolean(),
      }),
      { freq: 1 },
    ),
  })
}

/** What the objects of a spec are made from. */
interface Ground {
  readonly objects: ReadonlyMap<string, ObjectBase>
  /** A column of a table by its place. */
  column(table: string, place: number): Column | undefined
  isOrdered(column: Column): boolean
  /** Makes a name unique in a place. */
  free(place: string, wanted: string): string
}

const plain: IndexKey = {
  column: null,
  expression: null,
  opclass: null,
  collation: null,
  order: 'asc',
  nulls: null,
}

export function relationObjects(spec: RelationsSpec, ground: Ground): readonly AnyObject[] {
  const made: AnyObject[] = []
  const found = (on: OnTable | null) => {
    const table = on ? ground.objects.get(`table${on.table}`) : undefined
    const columns = table ? (on?.columns ?? []).flatMap((place) => ground.column(table.id, place) ?? []) : []
    return table?.parent && columns[0] ? { table, parent: table.parent, columns, first: columns[0] } : null
  }
  const view = found(spec.view)
  if (spec.view && view) {
    const object: View = {
      ...viewKind.sample,
      id: 'view',
      parent: 'public',
      name: ground.free('public', `${spec.view.name.slice(0, 50)}_view`),
      query: queryOf(view.table, view.columns, spec.view.filter, ground),
    }
    const { grant } = spec.view
    made.push(object)
    made.push(
      ...((grant && [buildGrant(object, { ...grant, column: null }, ground.objects)]) ?? []).filter(
        (each) => each !== undefined,
      ),
    )
  }
  const matview = found(spec.matview)
  if (spec.matview && matview) {
    made.push({
      ...materializedViewKind.sample,
      id: 'matview',
      parent: 'public',
      name: ground.free('public', `${spec.matview.name.slice(0, 50)}_rows`),
      comment: spec.matview.comment,
      query: queryOf(matview.table, matview.columns, spec.matview.filter, ground),
      populated: spec.matview.populated,
      tablespace: spec.matview.tablespace,
    })
    const index: Index = {
      ...indexKind.sample,
      id: 'matview index',
      parent: 'matview',
      name: ground.free('public', `idx_${spec.matview.name.slice(0, 50)}_rows`),
      unique: spec.matview.unique ?? false,
      keys: [{ ...plain, expression: quoteName(matview.first.name) }],
    }
    if (spec.matview.unique !== null && ground.isOrdered(matview.first)) made.push(index)
  }
  const exclusion = found(spec.exclusion)
  if (spec.exclusion && exclusion && ground.isOrdered(exclusion.first)) {
    made.push({
      ...exclusionConstraintKind.sample,
      id: 'exclusion',
      parent: exclusion.table.id,
      name: ground.free(exclusion.parent, `${spec.exclusion.name.slice(0, 50)}_excl`),
      method: 'btree',
      keys: [{ ...plain, column: exclusion.first.id }],
      operators: ['='],
    })
  }
  const statistics = found(spec.statistics)
  const counted = (statistics?.columns ?? []).filter(
    (column) => ground.isOrdered(column) && column.generated === null,
  )
  if (spec.statistics && statistics && counted.length > 1) {
    const names = counted.toSorted((a, b) => a.ordinal - b.ordinal).map((column) => quoteName(column.name))
    made.push({
      ...statisticsKind.sample,
      parent: statistics.table.id,
      namespace: 'public',
      name: ground.free('statistics', spec.statistics.name),
      comment: spec.statistics.comment,
      items: spec.statistics.expression ? [...names, `(${names[0]} IS NULL)`] : names,
      statistics: spec.statistics.mcv ? ['mcv'] : ['ndistinct', 'dependencies'],
    })
  }
  const rule = found(spec.rule)
  if (spec.rule && rule) {
    made.push({
      ...ruleKind.sample,
      parent: rule.table.id,
      name: ground.free('rules', spec.rule.name),
      event: spec.rule.event,
      body: `WHERE new.${quoteName(rule.first.name)} IS NULL DO INSTEAD NOTHING`,
      enabled: spec.rule.disabled ? 'disabled' : 'origin',
    })
  }
  return made
}

function queryOf(
  table: ObjectBase,
  columns: readonly Column[],
  filter: boolean,
  { objects }: Ground,
): string {
  const namespace =
    table.parent === 'public' ? '' : `${quoteName(objects.get(table.parent ?? '')?.name ?? '')}.`
  const where = filter ? ` WHERE ${quoteName(columns[0]?.name ?? '')} IS NOT NULL` : ''
  return `SELECT ${columns.map((column) => quoteName(column.name)).join(', ')} FROM ${namespace}${quoteName(table.name)}${where}`
}
