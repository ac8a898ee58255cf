import type { ObjectBase, ObjectId } from '../../model/object.ts'
import { type PgType, samePgType } from '../../model/pg-type.ts'
import { identifiersIn, renameIdentifiers } from '../../sql/identifiers.ts'
import { typeName } from '../../sql/names.ts'
import { quoteName } from '../../sql/quote.ts'
import { isCheck } from '../check/check.kind.ts'
import { isDomain } from '../domain/domain.kind.ts'
import { type Enum, isEnum } from '../enum/enum.kind.ts'
import { relabelled } from '../enum/enum.online.ts'
import { isForeignKey } from '../foreign-key/foreign-key.kind.ts'
import { type FunctionObject, functionKind } from '../function/function.kind.ts'
import { type Index, isIndex } from '../index/index.kind.ts'
import { indexFor } from '../key-online.ts'
import type { OnlineContext, OnlineQuestion, OnlineWay, StageEdit } from '../online.ts'
import { isPartitionPart } from '../parts-of-tables.ts'
import { isPrimaryKey } from '../primary-key/primary-key.kind.ts'
import { type Trigger, triggerKind } from '../trigger/trigger.kind.ts'
import { isUnique } from '../unique/unique.kind.ts'
import { type Column, isColumn } from './column.kind.ts'
import { enforced, guardId, spoken } from './column.online.ts'

/**
 * A second column takes the place of the first: kept equal by a trigger, filled, given the same indexes and constraints.
 * Under a new name both are there until old code is gone; under the same name they change places once the second is
 * complete.
 */
export function copyColumn(from: Column, to: Column, context: OnlineContext): OnlineWay | OnlineQuestion {
  const hindrance = whyNot(from, to, context)
  if (hindrance !== null) {
    return {
      asks: 'accept',
      field: from.name === to.name ? 'type' : 'name',
      message: `${spoken(from, context)} cannot be changed while it is used: ${hindrance}.`,
      hint: 'Accept the simple way for this change, in a quiet hour, or make the change in two migrations.',
    }
  }
  return from.name === to.name ? converted(from, to, context) : renamed(from, to, context)
}

function whyNot(from: Column, to: Column, context: OnlineContext): string | null {
  if (from.identity || to.identity) return 'its numbers come from the column itself'
  if (from.generated || to.generated) return 'its values are computed'
  const ofDomain = [from, to].some(({ type }) =>
    [context.from, context.to].some((schema) => schema.find(type.ref, isDomain)),
  )
  if (ofDomain) return 'its domain may refuse the rows that are not filled yet'
  if (/\bnextval\b/i.test(`${from.default} ${to.default}`)) return 'its numbers come from a sequence'
  const referring = context.from.all(isForeignKey).find((key) => key.referencedColumns.includes(from.id))
  if (referring) return `${referring.name} refers to it`
  const computed = context.users(from.id).find((user) => isColumn(user))
  if (computed) return `${computed.name} is computed from it`
  const own = context.users(from.id).find(({ parent }) => context.from.find(parent, isPartitionPart))
  if (own) return `the ${own.kind} ${own.name} of a partition rests on it`
  const key = context.from.childrenOf(from.parent, isPrimaryKey)[0]
  return key?.columns.includes(from.id) ? `it is in the primary key` : null
}

/** Both names work until the old one goes: first what it carries, for which the second has its own, then itself. */
function renamed(from: Column, to: Column, context: OnlineContext): OnlineWay {
  const second = copyOf(to, to.name, context)
  const old = `${from.id}~old`
  const parts = copiesOfParts(from, second, context)
  const sync = syncTrigger(from, second, bothWays(from, second, context), context)
  const optional: Column = { ...from, notNull: false }
  const carried = parts.retired.map(({ id }) => id)
  return {
    edits: [
      { stage: 'add', put: [second] },
      { stage: 'join', put: sync },
      fillFrom(from, second, context),
      ...parts.edits,
      ...(to.notNull ? enforced(second, { ...second, notNull: true }, context) : []),
      { stage: 'release', put: [optional], remove: carried },
      {
        stage: 'finish',
        put: [to],
        becomes: new Map([
          [from.id, old],
          [second.id, to.id],
          ...carried.map((id) => [`${id}~new`, id] as const),
          ...parts.outer.flatMap((id) => (context.to.get(id) ? [[id, `${id}~old`] as const] : [])),
        ]),
        adopts: parts.adopts,
        fillBack: {
          table: from.parent ?? '',
          column: old,
          expression: castBack(to, from, context),
          corrects: true,
        },
      },
    ],
    passing: [guardId(second)],
    standIn: second.id,
    gates: { contract: `Deploy code that uses ${spoken(to, context)} instead of ${from.name}.` },
  }
}

/** The copy is hidden until it takes the name. The old values stay equal after that, for a way back. */
function converted(from: Column, to: Column, context: OnlineContext): OnlineWay {
  const spare = context.spareName(to.name, 'new')
  const second = copyOf(to, spare, context)
  const old: Column = {
    ...from,
    id: `${from.id}~old`,
    name: context.spareName(to.name, 'old'),
    notNull: false,
    default: null,
  }
  const parts = copiesOfParts(from, second, context)
  const there = syncTrigger(from, second, oneWay(from, second, context), context)
  const back = syncTrigger(to, old, tolerant(to, old), context)
  const carried = parts.retired.map(({ id }) => id)
  const indexes = parts.retired.filter(isIndex).map((index) =>
    context.like(index, (copy) => ({
      ...onColumn(copy, from, old),
      id: `${copy.id}~old`,
      name: context.spareName(index.name, 'old'),
    })),
  )
  const isKept = new Set(indexes.map(({ id }) => id))
  return {
    edits: [
      { stage: 'add', put: [second] },
      { stage: 'join', put: there },
      fillFrom(from, second, context),
      ...parts.edits,
      ...(to.notNull ? enforced(second, { ...second, notNull: true }, context) : []),
      {
        stage: 'tidy',
        put: [to, old, ...standing([...carried, ...parts.outer], context), ...indexes, ...back],
        remove: [
          ...there.map(({ id }) => id),
          ...[...carried, ...parts.outer].map((id) => `${id}~old`).filter((id) => !isKept.has(id)),
          ...parts.adopts.values(),
        ],
        becomes: new Map([
          [from.id, old.id],
          [second.id, to.id],
          ...[...carried, ...parts.outer].map((id) => [id, `${id}~old`] as const),
          ...carried.map((id) => [`${id}~new`, id] as const),
        ]),
        adopts: parts.adopts,
      },
      {
        stage: 'finish',
        remove: [old.id, ...isKept, ...back.map(({ id }) => id)],
        fillBack: {
          table: from.parent ?? '',
          column: old.id,
          expression: castBack(to, from, context),
          corrects: true,
        },
      },
    ],
    passing: [guardId(second), ...parts.adopts.values()],
    gates: {
      contract: `Deploy code that reads and writes ${spoken(to, context)} as ${typeName(to.type, context.to)}.`,
    },
  }
}

/** As they will be; what has a change of its own, or will go, as it was. */
function standing(ids: readonly ObjectId[], context: OnlineContext): readonly ObjectBase[] {
  return ids.flatMap(
    (id) => (context.isChanged(id) ? null : context.to.get(id)) ?? context.from.get(id) ?? [],
  )
}

function usesColumn(index: Index, { id }: Column, reword: (text: string) => string): boolean {
  const texts = [...index.keys.map(({ expression }) => expression), index.where]
  return (
    index.include.includes(id) ||
    index.keys.some(({ column }) => column === id) ||
    texts.some((text) => text !== null && reword(text) !== text)
  )
}

function copyOf(to: Column, name: string, context: OnlineContext): Column {
  return context.like(to, (column) => ({
    ...column,
    id: `${to.id}~new`,
    name,
    notNull: false,
    default: null,
    comment: null,
  }))
}

function fillFrom(from: Column, second: Column, context: OnlineContext): StageEdit {
  const expression = context.backfill(from.id) ?? castFrom(from, second, context)
  return { stage: 'fill', fill: { table: from.parent ?? '', column: second.id, expression } }
}

/**
 * The value of one column as the other's type. Enums meet as text: assignments make the other's label of it, under
 * whatever name that type goes by then.
 */
function castFrom(from: Column, to: Column, context: OnlineContext): string {
  if (to.using !== null) return to.using
  const name = quoteName(from.name)
  if (samePgType(from.type, to.type)) return name
  const ends = [from, to].map(({ type }) => enumOf(type, context))
  if (ends.every((end) => end === undefined)) return `${name}::${typeName(to.type, context.to)}`
  const text = `${name}::text${from.type.dimensions > 0 ? '[]' : ''}`
  const [before, after] = ends
  return before && after ? relabelled(text, before, after, context) : text
}

/** The value of the second column for the first, by way of text, which leads from any type to any other. */
function castBack(to: Column, from: Column, context: OnlineContext): string {
  const name = quoteName(to.name)
  if (samePgType(from.type, to.type)) return name
  return from.type.ref === null ? `${name}::text::${typeName(from.type, context.from)}` : `${name}::text`
}

function enumOf({ ref }: PgType, { from, to }: OnlineContext): Enum | undefined {
  return to.find(ref, isEnum) ?? from.find(ref, isEnum)
}

interface Parts {
  readonly edits: readonly StageEdit[]
  /** By unique constraint, the index for it. */
  readonly adopts: ReadonlyMap<ObjectId, ObjectId>
  /** What has a copy under its id with `~new`, and the unique constraints. */
  readonly retired: readonly ObjectBase[]
  /** What else rests on the column and is made anew. */
  readonly outer: readonly ObjectId[]
}

/** The same indexes and constraints on the second column, under spare names. */
function copiesOfParts(from: Column, second: Column, context: OnlineContext): Parts {
  const guards: ObjectBase[] = []
  const checks: ObjectBase[] = []
  const adopts = new Map<ObjectId, ObjectId>()
  const retired: ObjectBase[] = []
  const exchange = (id: ObjectId) => (id === from.id ? second.id : id)
  const reword = rewording(from, second)
  const renew = <T extends ObjectBase>(original: T, change: (copy: T) => T): T =>
    context.like(original, (copy) =>
      change({ ...copy, id: `${original.id}~new`, name: context.spareName(original.name, 'new') }),
    )
  /** Without reading the table at first. */
  const renewProven = <T extends ObjectBase & { readonly notValid: boolean }>(
    original: T,
    change: (copy: T) => T,
  ) => {
    const guard = renew(original, (copy) => ({ ...change(copy), notValid: true }))
    guards.push(guard)
    checks.push(context.like(guard, (copy) => ({ ...copy, notValid: original.notValid })))
  }
  for (const part of context.from.children(from.parent)) {
    // One that is changed is made anew on the second column by its own change.
    if (!context.to.get(part.id) || context.isChanged(part.id)) continue
    if (isIndex(part) && usesColumn(part, from, reword)) {
      guards.push(renew(part, (copy) => onColumn(copy, from, second)))
    } else if (isCheck(part) && reword(part.expression) !== part.expression) {
      renewProven(part, (copy) => ({ ...copy, expression: reword(copy.expression) }))
    } else if (isForeignKey(part) && part.columns.includes(from.id)) {
      renewProven(part, (copy) => ({ ...copy, columns: copy.columns.map(exchange) }))
    } else if (isUnique(part) && part.columns.includes(from.id)) {
      const copy = { ...part, columns: part.columns.map(exchange) }
      const index = indexFor(copy, part.nullsNotDistinct, context.spareName(part.name, 'new'))
      guards.push(index)
      adopts.set(part.id, index.id)
    } else continue
    retired.push(part)
  }
  return {
    edits: [
      ...(guards.length > 0 ? [{ stage: 'guard' as const, put: guards }] : []),
      ...(checks.length > 0 ? [{ stage: 'check' as const, put: checks, stays: true }] : []),
    ],
    adopts,
    retired,
    outer: context
      .users(from.id)
      .filter((user) => !hasCopy(user, from))
      .map(({ id }) => id),
  }
}

/** What the second column gets of its own. */
function hasCopy(user: ObjectBase, { parent }: Column): boolean {
  return user.parent === parent && (isIndex(user) || isCheck(user) || isForeignKey(user) || isUnique(user))
}

/** The index on one column as it is on the other. */
function onColumn(index: Index, from: Column, to: Column): Index {
  const exchange = (id: ObjectId) => (id === from.id ? to.id : id)
  const reword = rewording(from, to)
  return {
    ...index,
    keys: index.keys.map((key) => ({
      ...key,
      column: key.column === null ? null : exchange(key.column),
      expression: key.expression === null ? null : reword(key.expression),
    })),
    include: index.include.map(exchange),
    where: index.where === null ? null : reword(index.where),
  }
}

/** An expression about one column as one about the other. */
function rewording(from: Column, to: Column): (text: string) => string {
  return (text) =>
    renameIdentifiers(text, ({ name, called }) => (name === from.name && !called ? to.name : undefined))
}

/** A BEFORE trigger and its function, in the table's schema. */
function syncTrigger(
  from: Column,
  to: Column,
  body: string,
  context: OnlineContext,
): readonly [FunctionObject, Trigger] {
  const table = context.from.get(from.parent ?? '') ?? from
  const name = context.spareName(`${table.name}_${to.name}`, 'sync')
  const routine: FunctionObject = {
    ...functionKind.sample,
    id: `${to.id} sync`,
    parent: table.parent,
    name,
    arguments: '',
    returns: 'trigger',
    body,
  }
  const trigger: Trigger = {
    ...triggerKind.sample,
    id: `${to.id} sync trigger`,
    parent: from.parent,
    name,
    timing: 'before',
    events: ['insert', 'update'],
    function: routine.id,
  }
  return [routine, trigger]
}

function oneWay(from: Column, to: Column, context: OnlineContext): string {
  return `BEGIN\n  NEW.${quoteName(to.name)} := ${inRow(castFrom(from, to, context), from, context)};\n  RETURN NEW;\nEND`
}

/** Values that the old type has no room for must not stop new code. */
function tolerant(from: Column, to: Column): string {
  const value = `NEW.${quoteName(from.name)}`
  const target = `NEW.${quoteName(to.name)}`
  return `BEGIN\n  BEGIN\n    ${target} := ${value};\n  EXCEPTION WHEN data_exception THEN\n    ${target} := NULL;\n  END;\n  RETURN NEW;\nEND`
}

/** The second column wins where both are written: only new code knows it. */
function bothWays(first: Column, second: Column, context: OnlineContext): string {
  const a = `NEW.${quoteName(first.name)}`
  const b = `NEW.${quoteName(second.name)}`
  const there = `${b} := ${inRow(castFrom(first, second, context), first, context)};`
  // An assignment in PL/pgSQL converts between any two types.
  const back = `${a} := ${b};`
  return `BEGIN
  IF TG_OP = 'INSERT' THEN
    IF ${b} IS NULL THEN ${there} ELSE ${back} END IF;
  ELSIF ${b} IS DISTINCT FROM OLD.${quoteName(second.name)} THEN
    ${back}
  ELSE
    ${there}
  END IF;
  RETURN NEW;
END`
}

/** The expression over the row that a trigger is about. */
function inRow(expression: string, column: Column, { from, to }: OnlineContext): string {
  const names = new Set(
    [from, to].flatMap((schema) => schema.childrenOf(column.parent, isColumn).map(({ name }) => name)),
  ).add(column.name)
  let text = expression
  for (const { name, start, qualifier, called } of identifiersIn(expression).toReversed()) {
    if (!called && qualifier === null && names.has(name))
      text = `${text.slice(0, start)}NEW.${text.slice(start)}`
  }
  return text
}
