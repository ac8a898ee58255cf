import { changedFields } from '../diff/diff-documents.ts'
import { mayMeanAnother, renamesBetween } from '../diff/renames.ts'
import { expressionsOf, fieldOf, fieldsOf, readField, withField } from '../kinds/field-access.ts'
import { kindOf, nounOf } from '../kinds/registry.ts'
import type { SchemaDocument } from '../model/document.ts'
import { sameValue } from '../model/equality.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Problem } from '../model/problem.ts'
import { type Schema, schemaOf } from '../model/schema.ts'
import { identifiersIn } from '../sql/identifiers.ts'
import { carriersOf } from './carriers.ts'
import { deferredReferencesIn } from './deferred.ts'
import { type Dependencies, dependenciesOf } from './dependencies.ts'
import type { Side } from './side.ts'
import { lostInRecast } from './successions.ts'
import { spokenName } from './titles.ts'

/** What must happen to each object, before any order. */
export interface Intentions {
  readonly created: ReadonlySet<ObjectId>
  readonly dropped: ReadonlySet<ObjectId>
  readonly renamed: ReadonlySet<ObjectId>
  readonly moved: ReadonlySet<ObjectId>
  /** Fields to alter in place, in the kind's order. */
  readonly altered: ReadonlyMap<ObjectId, readonly string[]>
  /** What is altered outside of transactions. */
  readonly apart: ReadonlySet<ObjectId>
  readonly refusals: readonly Problem[]
  /** By object that is altered, what its change disturbs: those objects, whose users go before and come after. */
  readonly disturbedBy: ReadonlyMap<ObjectId, readonly ObjectId[]>
  readonly dependenciesFrom: Dependencies
  readonly dependenciesTo: Dependencies
}

/** Sorts the differences into intentions; replacements take what rests on them along. */
export function intentionsBetween(from: Side, to: Side): Intentions {
  const dependenciesFrom = dependenciesOf(from.written, from.canonical)
  const dependenciesTo = dependenciesOf(to.written, to.canonical)
  const work = new Sorter(from, to, dependenciesFrom, dependenciesTo)
  work.sort()
  return {
    created: work.created,
    dropped: work.dropped,
    renamed: work.renamed,
    moved: work.moved,
    altered: work.altered,
    apart: work.apart,
    refusals: work.refusals,
    disturbedBy: work.disturbedBy,
    dependenciesFrom,
    dependenciesTo,
  }
}

class Sorter {
  readonly created = new Set<ObjectId>()
  readonly dropped = new Set<ObjectId>()
  readonly renamed = new Set<ObjectId>()
  readonly moved = new Set<ObjectId>()
  readonly altered = new Map<ObjectId, readonly string[]>()
  readonly apart = new Set<ObjectId>()
  readonly refusals: Problem[] = []
  readonly disturbedBy = new Map<ObjectId, readonly ObjectId[]>()
  readonly #from: Side
  readonly #to: Side
  readonly #dependencies: Dependencies
  readonly #dependenciesTo: Dependencies
  readonly #disturbed = new Set<ObjectId>()
  readonly #converted = new Set<ObjectId>()

  constructor(from: Side, to: Side, dependencies: Dependencies, dependenciesTo: Dependencies) {
    this.#from = from
    this.#to = to
    this.#dependencies = dependencies
    this.#dependenciesTo = dependenciesTo
  }

  sort(): void {
    const from = this.#from.canonical ?? this.#from.written
    const to = this.#to.canonical ?? this.#to.written
    const renames = renamesBetween(from, to)
    const both = schemaOf(unionOf(this.#from.written, this.#to.written))
    for (const object of to.objects.values()) {
      const before = from.objects.get(object.id)
      if (before?.kind === object.kind && this.#isMadeAnew(before, object)) {
        this.#replace(object.id)
        continue
      }
      if (before === object && !mayMeanAnother(object, renames)) continue
      if (!before || before.kind !== object.kind) {
        this.created.add(object.id)
        if (before) this.dropped.add(object.id)
        continue
      }
      const fields = changedFields(before, object, renames)
      if (fields.length > 0) this.#change(object.id, fields, both)
    }
    for (const object of from.objects.values()) {
      if (!to.objects.has(object.id)) this.dropped.add(object.id)
    }
    this.#refuseRecast()
    for (const id of [...this.dropped]) this.#rebuildDependents(id)
    for (const column of this.#disturbed) this.#rebuildPinning(column)
    for (const object of to.objects.values()) this.#setAgain(object)
  }

  #isMadeAnew(before: ObjectBase, after: ObjectBase): boolean {
    const kind = kindOf(after)
    return kind.isMadeAnew?.(before, after, schemaOf(this.#from.written), schemaOf(this.#to.written)) ?? false
  }

  #change(id: ObjectId, fields: readonly string[], both: Schema): void {
    const from = writtenWithDerived(this.#from, id)
    const to = writtenWithDerived(this.#to, id)
    const kind = kindOf(to)
    const inPlace: string[] = []
    const disturbed: ObjectId[] = []
    for (const name of fields) {
      const rule = name === 'parent' ? undefined : fieldOf(kind, name)?.alter
      const refusal = rule && rule !== 'replace' ? rule.refuses?.(from, to, both) : null
      if (refusal) {
        this.refusals.push({
          code: 'change-refused',
          severity: 'error',
          source: 'Migration',
          object: id,
          message: refusal,
        })
        return
      }
      const statements = rule && rule !== 'replace' ? rule.statements(from, to, both) : 'replace'
      if (name === 'parent' ? !kind.move : statements === 'replace') {
        this.#replace(id)
        return
      }
      if (rule && rule !== 'replace') {
        const ids = rule.disturbs?.(from, to, both) ?? []
        disturbed.push(...ids)
        if (rule.converts?.(from, to, both)) for (const converted of ids) this.#converted.add(converted)
      }
      if (statements !== 'replace' && statements.some(({ transactional }) => transactional === false))
        this.apart.add(id)
      if (name === 'parent') this.moved.add(id)
      else if (name === 'name') this.renamed.add(id)
      else inPlace.push(name)
    }
    for (const column of disturbed) this.#disturbed.add(column)
    if (disturbed.length > 0) this.disturbedBy.set(id, disturbed)
    if (inPlace.length > 0) this.altered.set(id, inPlace)
  }

  #replace(id: ObjectId): void {
    this.renamed.delete(id)
    this.moved.delete(id)
    this.altered.delete(id)
    this.apart.delete(id)
    this.dropped.add(id)
    if (this.#to.written.objects.has(id)) this.created.add(id)
  }

  /** What rests on a dropped object must go first, and come back where it is still wanted. */
  #rebuildDependents(id: ObjectId): void {
    const from = schemaOf(this.#from.written)
    for (const user of this.#dependencies.dependents(id)) {
      const object = this.#from.written.objects.get(user)
      if (!object || this.dropped.has(user)) continue
      const child = object.parent === id
      if (child && this.moved.has(user)) continue
      // What it is inherited from is made anew for a reason that holds for it too, or without it.
      if (carriersOf(object, from, from).includes(id)) continue
      if (!child && this.#letsGo(user, id)) continue
      const data = child ? null : (kindOf(object).dataIn?.(object, schemaOf(this.#from.written)) ?? null)
      if (data !== null) {
        // Of an object that is gone for good, what stays as it is can only seem to be a user: names coincide.
        if (this.created.has(id)) this.#refuseRebuild(user, id, data)
        continue
      }
      this.#replace(user)
      this.#rebuildDependents(user)
    }
  }

  /**
   * True where its change in place takes the reference away. Text that stays names the dropped object, even where another
   * has that name by now.
   */
  #letsGo(user: ObjectId, id: ObjectId): boolean {
    const altered = this.altered.get(user)
    const object = this.#from.written.objects.get(user)
    if (!altered || !object) return false
    const name = this.#from.written.objects.get(id)?.name
    const staying = expressionsOf(object, kindOf(object), (_, field) => !altered.includes(field))
    return (
      !staying.some((text) => identifiersIn(text).some((found) => found.name === name)) &&
      !this.#dependenciesTo.strong(user).has(id) &&
      !this.#dependenciesTo.weak(user).has(id)
    )
  }

  #rebuildPinning(column: ObjectId): void {
    for (const user of this.#dependencies.dependents(column)) {
      const object = this.#from.written.objects.get(user)
      if (!object || this.dropped.has(user)) continue
      const pins = kindOf(object).pinsColumns?.(object)
      if (pins !== true && !(pins === 'conversion' && this.#converted.has(column))) continue
      const data = kindOf(object).dataIn?.(object, schemaOf(this.#from.written)) ?? null
      if (data !== null && object.parent !== column) {
        this.#refuseRebuild(user, column, data)
        continue
      }
      this.#replace(user)
      this.#rebuildDependents(user)
    }
  }

  /** A deferred reference to what is made anew is gone with the old object: it is set once more. */
  #setAgain(object: ObjectBase): void {
    if (this.created.has(object.id) || !this.#from.written.objects.has(object.id)) return
    const altered = this.altered.get(object.id) ?? []
    const lost = fieldsOf(kindOf(object)).flatMap(([name, field]) => {
      const rebuilt = deferredReferencesIn(field, readField(object, name)).some(
        (id) => this.dropped.has(id) && this.created.has(id),
      )
      return rebuilt && !altered.includes(name) ? [name] : []
    })
    if (lost.length > 0) this.altered.set(object.id, [...altered, ...lost])
  }

  #refuseRecast(): void {
    const from = schemaOf(this.#from.written)
    for (const [object, next] of lostInRecast(from, schemaOf(this.#to.written))) {
      const data = kindOf(object).dataIn?.(object, from) ?? ''
      this.refusals.push({
        code: 'rebuild-loses-data',
        severity: 'error',
        source: 'Migration',
        object: next.id,
        message: `${object.name} is ${withArticle(object)} before and ${withArticle(next)} after: made anew, it would lose ${data}.`,
        hint: 'Change it in a migration written by hand, then import the result.',
      })
    }
  }

  #refuseRebuild(user: ObjectId, id: ObjectId, data: string): void {
    const schema = schemaOf(this.#from.written)
    const name = (of: ObjectId) => {
      const object = schema.get(of)
      return object ? `${nounOf(object)} ${spokenName(object, schema)}` : of
    }
    this.refusals.push({
      code: 'rebuild-loses-data',
      severity: 'error',
      source: 'Migration',
      object: user,
      message: `The ${name(id)} cannot be changed in place, and the ${name(user)} rests on it: replacing both would lose ${data}.`,
      hint: `Make the new ${name(id)} under another name, move ${name(user)} to it, then drop the old one.`,
    })
  }
}

function withArticle(object: ObjectBase): string {
  const noun = nounOf(object)
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`
}

/** The written object with what only the catalogue knows filled in. */
export function writtenWithDerived(side: Side, id: ObjectId): ObjectBase {
  const written = side.written.objects.get(id)
  if (!written) throw new Error(`No object ${id}`)
  const printed = side.canonical?.objects.get(id)
  if (!printed) return written
  return fieldsOf(kindOf(written)).reduce(
    (object, [name, field]) =>
      field.derived && !sameValue(readField(printed, name), readField(written, name))
        ? withField(object, name, readField(printed, name))
        : object,
    written,
  )
}

function unionOf(from: SchemaDocument, to: SchemaDocument): SchemaDocument {
  return { objects: new Map([...to.objects, ...from.objects]), diagram: from.diagram }
}
