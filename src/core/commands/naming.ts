import { isIndex } from '../kinds/index/index.kind.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Schema } from '../model/schema.ts'
import { fitName, maxNameBytes } from '../sql/name-length.ts'
import { type TakenNames, uniqueName } from '../sql/unique-name.ts'

/** Makes the id of a new object; passed in, since core has no randomness. */
export type NewId = () => ObjectId

/** `<parts>_<suffix>` cut in the parts so that the suffix survives, as PostgreSQL does for its own names. */
export function joinName(parts: readonly string[], suffix: string): string {
  return `${fitName(parts.join('_'), maxNameBytes - suffix.length - 1)}_${suffix}`
}

/** Kinds that share pg_class or pg_type with tables: no two in one schema have the same name. */
const relationKinds: ReadonlySet<string> = new Set([
  'table',
  'view',
  'sequence',
  'index',
  'primary key',
  'unique',
  'enum',
  'domain',
  'composite type',
  'range type',
])
const constraintKinds: ReadonlySet<string> = new Set(['primary key', 'unique', 'check', 'foreign key'])

/** The names of a schema by where they must differ, kept up to date while objects are added to it. */
export class NameRegister {
  readonly #schema: Schema
  readonly #scopes = new Map<string, Set<string>>()
  /** Namespaces of objects that the schema does not hold yet. */
  readonly #namespaces = new Map<ObjectId, ObjectId | null>()

  constructor(schema: Schema) {
    this.#schema = schema
  }

  /** The names that a new object of that kind in `parent` must not have. */
  taken(kind: string, parent: ObjectId | null): TakenNames {
    const scopes = this.#scopesOf(kind, parent)
    return { has: (name) => scopes.some((scope) => scope.has(name)) }
  }

  /** Counts an added object in; its parent first. */
  add(object: ObjectBase): void {
    for (const scope of this.#scopesOf(object.kind, object.parent)) scope.add(object.name)
    this.#namespaces.set(object.id, object.kind === 'schema' ? object.id : this.#namespace(object.parent))
  }

  #namespace(parent: ObjectId | null): ObjectId | null {
    const known = parent === null ? undefined : this.#namespaces.get(parent)
    return known === undefined ? namespaceIdOf(parent, this.#schema) : known
  }

  #scopesOf(kind: string, parent: ObjectId | null): readonly Set<string>[] {
    const schema = this.#schema
    const siblings = (isCounted: (kind: string) => boolean) => () =>
      schema.children(parent).filter((sibling) => isCounted(sibling.kind))
    const scopes = constraintKinds.has(kind)
      ? [
          this.#scope(
            `constraint ${parent}`,
            siblings((other) => constraintKinds.has(other)),
          ),
        ]
      : [
          this.#scope(
            `${kind} ${parent}`,
            siblings((other) => other === kind),
          ),
        ]
    if (!relationKinds.has(kind)) return scopes
    const namespace = this.#namespace(parent)
    return [...scopes, this.#scope(`relation ${namespace}`, () => relationsOf(namespace, schema))]
  }

  #scope(key: string, members: () => readonly ObjectBase[]): Set<string> {
    let scope = this.#scopes.get(key)
    if (!scope) {
      scope = new Set(members().map((object) => object.name))
      this.#scopes.set(key, scope)
    }
    return scope
  }
}

/** Tables, views and the like of a namespace, with their indexes and keys. */
function relationsOf(namespace: ObjectId | null, schema: Schema): readonly ObjectBase[] {
  return schema
    .children(namespace)
    .flatMap((object) => [object, ...schema.children(object.id)])
    .filter((object) => relationKinds.has(object.kind))
}

function namespaceIdOf(parent: ObjectId | null, schema: Schema): ObjectId | null {
  const object = parent === null ? undefined : schema.get(parent)
  return !object || object.kind === 'schema' ? parent : namespaceIdOf(object.parent, schema)
}

/** A free name for a new object. */
export function proposeName(kind: string, parent: ObjectId | null, base: string, schema: Schema): string {
  return uniqueName(base, new NameRegister(schema).taken(kind, parent))
}

/** A free name for an index: PostgreSQL's `t_a_b_idx`, or `idx_t_a_b` where most indexes are named so. */
export function proposeIndexName(table: ObjectBase, columns: readonly string[], schema: Schema): string {
  const indexes = schema.all(isIndex)
  const prefixed = indexes.filter((index) => index.name.startsWith('idx_')).length
  const base =
    prefixed > indexes.length / 2
      ? ['idx', table.name, ...columns].join('_')
      : joinName([table.name, ...columns], 'idx')
  return proposeName('index', table.id, base, schema)
}

/** `companies` → `company`, `addresses` → `address`: enough for English table names. */
export function singular(name: string): string {
  if (/(ss|us|is|news|series)$/i.test(name)) return name
  if (/ies$/i.test(name) && name.length > 4) return `${name.slice(0, -3)}y`
  if (/(sses|xes|zes|ches|shes|uses)$/i.test(name)) return name.slice(0, -2)
  return /s$/i.test(name) ? name.slice(0, -1) : name
}
