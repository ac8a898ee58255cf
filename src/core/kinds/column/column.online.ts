import { sameValue } from '../../model/equality.ts'
import { isConstant } from '../../sql/constant.ts'
import { qualifiedNameOf } from '../../sql/names.ts'
import { quoteName } from '../../sql/quote.ts'
import type { Check } from '../check/check.kind.ts'
import { isDomain } from '../domain/domain.kind.ts'
import { childTables, isCarried } from '../inheritance.ts'
import type { Online, OnlineContext, OnlineQuestion, OnlineWay, StageEdit } from '../online.ts'
import { isPrimaryKey } from '../primary-key/primary-key.kind.ts'
import { copyColumn } from './column.copy.ts'
import { type Column, mustBeGiven } from './column.kind.ts'
import { placeholderOf } from './column.restore.ts'
import { isWidening } from './column.widening.ts'

export const columnOnline: Online<Column> = {
  added(column, context) {
    if (!column.local) return null
    const heirs = childTables(column.parent, context.to)
    if (heirs.length > 0 && (column.notNull || column.default !== null)) {
      return onlySimple(
        `${heirs.map(({ name }) => name).join(', ')} gets ${column.name} at the same time, by inheritance.`,
        'notNull',
      )
    }
    if (column.generated?.storage === 'stored') {
      return onlySimple(
        `Computing ${column.name} for the rows that are there rewrites the table.`,
        'generated',
      )
    }
    if (column.identity) {
      return onlySimple(`Numbering the rows that are there rewrites the table.`, 'identity')
    }
    if (column.generated) return null
    const domain = context.to.find(column.type.ref, isDomain)
    if (domain?.notNull) {
      if (column.default !== null && isConstant(column.default)) return null
      return onlySimple(
        `The rows that are there have no value of ${column.name}, which its domain ${domain.name} does not allow.`,
        'type',
      )
    }
    const value = context.backfill(column.id) ?? column.default
    if (value === null) return column.notNull ? askForValue(column, context) : null
    if (!isFilled(column, context)) {
      return value === column.default ? null : withPassingDefault(column, value, context)
    }
    const empty: Column = { ...column, notNull: false }
    const bare: Column = { ...empty, default: null }
    return {
      edits: [
        { stage: 'add', put: [bare] },
        ...(column.default === null ? [] : [{ stage: 'join' as const, put: [empty] }]),
        fill(column, value),
        ...(column.notNull ? enforced(empty, column, context) : []),
      ],
      passing: [guardId(column)],
      ...(column.notNull && column.default === null
        ? {
            gates: {
              backfill: `Deploy code that gives ${spoken(column, context)} a value in every new row.`,
            },
          }
        : {}),
    }
  },

  removed(column, context) {
    const gates = { contract: `Deploy code that no longer uses ${spoken(column, context)}.` }
    if (!mustBeGiven(column) || isInKey(column, context)) return { edits: [], gates }
    const optional: Column = { ...column, notNull: false }
    // New code gives it no value any more.
    const placeholder = placeholderOf(column, context.from)
    const back: StageEdit[] =
      placeholder === null
        ? []
        : [
            {
              stage: 'finish',
              fillBack: { table: column.parent ?? '', column: column.id, expression: placeholder },
            },
          ]
    return { edits: [{ stage: 'add', put: [optional] }, ...back], gates }
  },

  changed(from, to, fields, context) {
    const changes = (name: keyof Column) => fields.includes(name)
    const isTogether = fields.some((name) => sharedFields.has(name))
    // With the column that it is inherited from, at the end.
    if (isCarried(from, to, context.from) || changes('local')) return { edits: [] }
    if (isTogether && childTables(from.parent, context.from).length > 0) {
      return onlySimple(`The tables that inherit ${from.name} change at the same time.`, fields[0] ?? 'name')
    }
    if (from.generated?.storage === 'stored' && changes('generated') && to.generated) {
      return onlySimple(`Computing ${from.name} again rewrites the table.`, 'generated')
    }
    const renamed = changes('name')
    const converted = changes('collation') || (changes('type') && !isWidening(from.type, to.type))
    if (renamed || converted) return copyColumn(from, to, context)
    const renumbered = from.identity === null || to.identity === null ? changes('identity') : false
    const early: Column = {
      ...to,
      // What goes at the end, a primary key or the numbering, keeps its columns NOT NULL.
      notNull:
        from.notNull && (to.notNull || isInKey(from, context) || (renumbered && from.identity !== null)),
      // Numbers and a default exclude each other.
      default: renumbered ? from.default : (to.default ?? from.default),
      identity: renumbered ? from.identity : to.identity,
    }
    const edits: StageEdit[] = sameValue(early, from) ? [] : [{ stage: 'add', put: [early] }]
    const stricter = to.notNull && !from.notNull
    if (stricter) {
      const value = context.backfill(to.id) ?? to.default
      if (value !== null) edits.push(fill(to, value))
      edits.push(...enforced(early, { ...early, notNull: true }, context))
    }
    if (renumbered && from.identity === null) edits.push({ stage: 'settle', put: [to] })
    const freed = to.default === null && from.default !== null
    return {
      edits,
      passing: [guardId(to)],
      gates: {
        ...(stricter ? { backfill: `Deploy code that never leaves ${spoken(from, context)} empty.` } : {}),
        ...(freed && to.notNull
          ? { contract: `Deploy code that does not rely on the default of ${spoken(from, context)}.` }
          : {}),
      },
    }
  },
}

/** What PostgreSQL changes in all tables that inherit the column. */
const sharedFields: ReadonlySet<string> = new Set(['name', 'type', 'collation', 'generated', 'notNull'])

function isInKey({ id, parent }: Column, { from }: OnlineContext): boolean {
  return from.childrenOf(parent, isPrimaryKey).some(({ columns }) => columns.includes(id))
}

/** True when rows get the value of a new column one by one: it is not one value that PostgreSQL keeps for all. */
export function isFilled(column: Column, context: OnlineContext): boolean {
  const value = context.backfill(column.id) ?? column.default
  return value !== null && !(isConstant(value) && (column.default === null || value === column.default))
}

function onlySimple(message: string, field: string): OnlineQuestion {
  return {
    asks: 'accept',
    field,
    message: `${message} PostgreSQL has no way to do it while the table is used.`,
    hint: 'Accept the simple way for this change, in a quiet hour, or draw it otherwise.',
  }
}

function askForValue(column: Column, context: OnlineContext): OnlineQuestion {
  return {
    asks: 'backfill',
    field: 'notNull',
    message: `What value do the rows that are there get in ${spoken(column, context)}?`,
    hint: 'Give an expression, which may use the other columns of the table, or allow nulls.',
  }
}

/** One value for all rows is a default: PostgreSQL keeps it in the catalogue. It goes when code gives values itself. */
function withPassingDefault(column: Column, value: string, context: OnlineContext): OnlineWay {
  const filled: Column = { ...column, default: value }
  return {
    edits: [
      { stage: 'add', put: [filled] },
      { stage: 'finish', put: [column] },
    ],
    gates: { contract: `Deploy code that gives ${spoken(column, context)} a value in every new row.` },
  }
}

function fill(column: Column, expression: string): StageEdit {
  return { stage: 'fill', fill: { table: column.parent ?? '', column: column.id, expression } }
}

/**
 * NOT NULL without reading the table under a lock: PostgreSQL 12 and later take a valid check for a proof (docs ALTER
 * TABLE, SET NOT NULL).
 */
export function enforced(before: Column, after: Column, context: OnlineContext): readonly StageEdit[] {
  const name = context.spareName(`${context.to.get(after.parent ?? '')?.name ?? ''}_${after.name}`, 'filled')
  const guard: Check = {
    id: guardId(after),
    kind: 'check',
    parent: after.parent,
    name,
    comment: null,
    expression: `${quoteName(before.name)} IS NOT NULL`,
    noInherit: false,
    local: true,
    notValid: true,
  }
  const proved: Check = { ...guard, notValid: false }
  return [
    { stage: 'guard', put: [guard] },
    { stage: 'check', put: [proved], stays: true },
    { stage: 'settle', put: [after] },
    { stage: 'tidy', remove: [guard.id] },
  ]
}

export function guardId(column: Column): string {
  return `${column.id} not null`
}

/** "posts.status" */
export function spoken(column: Column, { from, to }: OnlineContext): string {
  const schema = from.get(column.parent ?? '') ? from : to
  return `${qualifiedNameOf(column.parent, schema)}.${column.name}`
}
