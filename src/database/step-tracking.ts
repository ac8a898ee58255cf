import { fieldsOf, readField, withField } from '../core/kinds/field-access.ts'
import { kindOf } from '../core/kinds/registry.ts'
import { carriersOf } from '../core/migration/carriers.ts'
import type { Step } from '../core/migration/plan.ts'
import { dropOwner } from '../core/migration/scopes.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { sameValue } from '../core/model/equality.ts'
import type { ObjectBase, ObjectId } from '../core/model/object.ts'
import { schemaOf } from '../core/model/schema.ts'

/** Follows the steps of a plan one by one: which objects the database holds while some of them fail. */
export class StepTracking {
  /** Objects in the database at present, of those that the plan concerns. */
  readonly present: Map<ObjectId, ObjectBase>
  readonly #to: SchemaDocument
  readonly #ownCreate: ReadonlySet<ObjectId>
  readonly #deferring: ReadonlySet<ObjectId>
  readonly #childrenTo: ReadonlyMap<ObjectId, readonly ObjectBase[]>
  readonly #droppedWith: ReadonlyMap<ObjectId, readonly ObjectBase[]>
  readonly #carriedBy: ReadonlyMap<ObjectId, readonly ObjectBase[]>
  readonly #madeWith: ReadonlyMap<ObjectId, readonly ObjectBase[]>

  constructor(from: SchemaDocument, to: SchemaDocument, steps: readonly Step[]) {
    this.present = new Map(from.objects)
    this.#to = to
    this.#ownCreate = new Set(steps.filter(({ action }) => action === 'create').map(({ object }) => object))
    this.#deferring = new Set(steps.filter(({ action }) => action === 'alter').map(({ object }) => object))
    this.#childrenTo = grouped(to.objects.values(), ({ parent }) => parent)
    const schema = schemaOf(from)
    const target = schemaOf(to)
    this.#droppedWith = grouped(from.objects.values(), (object) => dropOwner(object, schema))
    this.#carriedBy = grouped(
      from.objects.values(),
      (object) => carriersOf(object, schema, target)[0] ?? null,
    )
    this.#madeWith = grouped(to.objects.values(), (object) => carriersOf(object, target, target)[0] ?? null)
  }

  /** The objects that a step makes: its own and what goes inside its statement. */
  created(step: Step): readonly ObjectId[] {
    const inside = (parent: ObjectId): readonly ObjectId[] =>
      [...(this.#childrenTo.get(parent) ?? []), ...(this.#madeWith.get(parent) ?? [])]
        .filter(({ id }) => !this.#ownCreate.has(id) && !this.present.has(id))
        .flatMap(({ id }) => [id, ...inside(id)])
    return [step.object, ...inside(step.object)]
  }

  /** Takes note of a step that succeeded. */
  follow(step: Step): void {
    if (step.action === 'drop') this.#drop(step.object)
    else if (step.action === 'create') for (const id of this.created(step)) this.#create(id)
    else this.#change(step)
  }

  #drop(id: ObjectId): void {
    this.present.delete(id)
    for (const object of this.#droppedWith.get(id) ?? [])
      if (this.present.has(object.id)) this.#drop(object.id)
    // What is to stay has been made the table's own.
    for (const object of this.#carriedBy.get(id) ?? [])
      if (!this.#to.objects.has(object.id)) this.#drop(object.id)
  }

  /** As created: fields that a later step sets are still unset. */
  #create(id: ObjectId): void {
    const target = this.#to.objects.get(id)
    if (!target) return
    const made = this.#deferring.has(id)
      ? fieldsOf(kindOf(target)).reduce(
          (object, [name, field]) =>
            field.deferred ? withField(object, name, field.deferred.unset) : object,
          target,
        )
      : target
    this.present.set(id, made)
  }

  #change(step: Step): void {
    const target = this.#to.objects.get(step.object)
    const before = this.present.get(step.object)
    if (!target || !before) return
    const names = step.action === 'rename' ? ['name'] : step.action === 'move' ? ['parent'] : step.fields
    const after = names.reduce((object, name) => withField(object, name, readField(target, name)), before)
    this.present.set(step.object, sameValue(after, target) ? target : after)
  }
}

function grouped(
  objects: Iterable<ObjectBase>,
  keyOf: (object: ObjectBase) => ObjectId | null,
): ReadonlyMap<ObjectId, readonly ObjectBase[]> {
  const groups = new Map<ObjectId, ObjectBase[]>()
  for (const object of objects) {
    const key = keyOf(object)
    if (key === null) continue
    const group = groups.get(key)
    if (group) group.push(object)
    else groups.set(key, [object])
  }
  return groups
}
