import type { CatalogRow } from '../catalog/row.ts'
import type { SomeRows } from '../catalog/some-rows.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Schema } from '../model/schema.ts'
import type { JsValue, SequelizeCall } from '../sequelize/call.ts'
import type { Statement } from '../sql/statement.ts'

/** The properties a kind describes: all but the identity that every object has. */
export type Own<T extends ObjectBase> = Exclude<keyof T, 'id' | 'kind' | 'parent'>

/** The contract of an object kind: everything the rest of the program knows about it. */
export interface Kind<T extends ObjectBase> {
  readonly name: T['kind']
  /** Singular and plural in sentence case: "Foreign key", "Foreign keys". */
  readonly label: string
  readonly plural: string
  /** What to call a single object where `label` is too general. */
  labelOf?(object: T): string
  /** A lucide icon name in kebab case. */
  readonly icon: string
  /** Where statements of equal rank go: lower first when creating, last when dropping. */
  readonly order: number
  /** Where a single object goes instead of `order`. */
  orderOf?(object: T): number
  /** True for what everything else may rest on (schemas, extensions): created first, dropped last. */
  readonly foundation?: boolean
  /**
   * True for what belongs to the server and not to one database (roles): made where it is missing, never dropped, and
   * whether it exists says nothing about a schema.
   */
  readonly clusterWide?: boolean
  /** Kinds it may live in; empty: it lives at the top. */
  readonly parents: readonly string[]
  /** One row per property, in the order in which changes are applied and the inspector shows them. */
  readonly fields: { readonly [F in Own<T>]: Field<T, T[F]> }
  /** A complete object for the contract test; its references are ids of `kinds/sample.ts`. */
  readonly sample: T

  /** What tells it from its siblings of the same kind. Absent: the name. (Functions add their argument types.) */
  identity?(object: T, schema: Schema): string
  /**
   * The statements that create it, without its comment. `schema` holds it and all it depends on. `clauses` are those
   * of its children that go inside its own statement.
   */
  create(object: T, schema: Schema, clauses: readonly string[]): readonly Statement[]
  /** Its clause inside the parent's CREATE; null where it needs a statement of its own. */
  inline?(object: T, schema: Schema): string | null
  drop(object: T, schema: Schema): readonly Statement[]
  /** SET SCHEMA and the like; absent: a new parent replaces the object. `from` is in `schema`, `to` is the target. */
  move?(from: T, to: T, schema: Schema): readonly Statement[]
  /** Dependencies beyond parent, `references` and names found in `expressions`. */
  dependsOn?(object: T, schema: Schema): readonly ObjectId[]
  /**
   * Text whose names must exist when it is created but which PostgreSQL keeps as it stands, renames or not (the body
   * of a function in SQL). Names in it count as dependencies like those in `expressions`.
   */
  mentions?(object: T): string | null
  /**
   * True when PostgreSQL refuses to change the type of a column this object uses (0A000), so that it is rebuilt;
   * `conversion` when only a change to another type than before needs that (`converts`): a condition over
   * the values was parsed for the old one.
   */
  pinsColumns?(object: T): boolean | 'conversion'
  /** The object whose DROP drops it too, without a statement of its own. Absent: its parent. */
  droppedWith?(object: T): ObjectId | null
  /**
   * Objects, beside its parent, whose making makes it too and whose DROP drops it: those that it is inherited from.
   * Their own statements see to what it has otherwise. `schema` holds it, `later` is the schema to come.
   */
  comesWith?(object: T, schema: Schema, later: Schema): readonly ObjectId[]
  /** Objects that take it in where they exist: made before it, and dropped after it. */
  mergesInto?(object: T, schema: Schema): readonly ObjectId[]
  /** Objects beside its parent that get it too when it is made, unless they have been altered before. */
  reaches?(object: T, schema: Schema): readonly ObjectId[]
  /** True where no statement makes `to` of `from`, though each of their fields could be altered: it is made anew. */
  isMadeAnew?(from: T, to: T, before: Schema, after: Schema): boolean
  /**
   * How SQL expressions mention it by name: `anything` (a table, a function), `siblings` (a column, by what lives in
   * the same table, and by whatever mentions the table). Absent: never (constraints, triggers).
   */
  readonly mentionedBy?: 'anything' | 'siblings'
  /** The object whose columns it has without any children of its own that are columns: a partition's table. */
  columnsFrom?(object: T): ObjectId | null
  /** True where SQL writes its arguments after its name: a bare name means it only where nothing else has that name. */
  readonly isCalled?: boolean
  /** True: columns may be of it. */
  readonly isType?: boolean
  /** False for a single object that SQL has no name for. */
  isMentioned?(object: T): boolean
  /** The kind of which a single object is a form of its own, from before there was that kind: the catalogue has it as such. */
  standsFor?(object: T): string
  /**
   * Where its name must be unique: among what has the same parent; among its own kind there, where its identity counts
   * instead of the name alone; or among all that shares its schema, like tables and types. Default namespace.
   */
  readonly nameScope?: 'parent' | 'kind' | 'namespace'
  /** What creating it in a table that has rows may meet: "stops if two rows have the same email". */
  createHazards?(object: T, schema: Schema): readonly Hazard[]
  /** True where what it lives in has at most one: another makes room before it is made. */
  readonly onlyOne?: boolean
  /** What gives it its name, which has none of its own. */
  namedAfter?(object: T): ObjectId
  /** True where name and place serve people alone, so that PostgreSQL's rules for them do not apply. */
  readonly informal?: boolean
  /** Like `create`, for what was dropped and comes back while rows exist: a NOT NULL column gets placeholders. */
  restore?(object: T, schema: Schema): readonly Statement[]
  /** What it gives, unasked, to an object that was just made and that does not have it in the `wanted` schema: taken back. */
  withhold?(object: T, made: ObjectBase, schema: Schema, wanted: Schema): readonly Statement[]
  /** How its successor keeps what it holds, where it cannot be changed in place. Absent: that is lost or refused. */
  readonly succession?: Succession<T>
  /** What is lost when it is dropped, for the plan: "every row of contacts"; null: nothing but the object itself. */
  dataIn?(object: T, schema: Schema): string | null
  /** What the catalogue cannot tell of an object read from it, taken from the same object as it was known. */
  recall?(read: T, known: T): T
  /** Zero-downtime forms. Absent: added first, altered first, dropped last, by the ordinary statements. */
  /** Absent: it has no catalogue of its own (raw). */
  readonly catalog?: CatalogReader<T>
  /** Idiomatic `queryInterface` calls; absent or null: raw queries. */
  readonly sequelize?: SequelizeCalls<T>
}

/**
 * How an object stands in the place of an old one, of this or another kind, with all that it held: by becoming it, or
 * made anew beside it, which is there under another name until its rows have moved.
 */
export interface Succession<T extends ObjectBase> {
  /** Kinds that it can stand in the place of. */
  readonly of: readonly string[]
  readonly become?: {
    /** True where `old`, of `before`, can be made into `to`, of `after`. */
    fits(old: ObjectBase, to: T, before: Schema, after: Schema): boolean
    /** The parts of either that it keeps. The others are dropped before, or created after. */
    keeps(old: ObjectBase, to: T, before: Schema, after: Schema): KeptParts
    /**
     * Both are in `schema`, each with the parts that it keeps. `apart`: outside of transactions, without stopping others.
     */
    statements(old: ObjectBase, to: T, schema: Schema, alter: AlterAll, apart: boolean): readonly Statement[]
    hazards(old: ObjectBase, to: T, schema: Schema, apart: boolean): readonly Hazard[]
  }
  /** Frees, before the new one is made, what only one can have: the bounds of a partition, a name that is no object's. */
  makeWay(old: ObjectBase, schema: Schema): readonly Statement[]
  /** Brings what `old` holds into `to`. `oldOf` gives the old id of what is in `to`. */
  takeOver(
    old: ObjectBase,
    to: T,
    schema: Schema,
    oldOf: (id: ObjectId) => ObjectId | undefined,
  ): readonly Statement[]
}

/** By part, the objects elsewhere that it is one with: it is kept while none of them is dropped. */
export interface KeptParts {
  readonly ofOld: ReadonlyMap<ObjectId, readonly ObjectId[]>
  readonly ofNew: ReadonlyMap<ObjectId, readonly ObjectId[]>
}

/**
 * All statements that change an object as it stands into `to`, of the same kind; with `early`, without what is set once
 * all is there.
 */
export type AlterAll = (from: ObjectBase, to: ObjectBase, early?: boolean) => readonly Statement[]

/** One property of a kind. `V` is its value's type. */
export interface Field<T extends ObjectBase, V> {
  readonly label: string
  readonly editor: Editor
  /** Guards files and imports. */
  valid(value: unknown): value is V
  readonly alter: Alter<T>
  /** Other values for the contract test: each is set on `sample`, altered to, and read back. */
  readonly sample: readonly V[]
  /** True for what few people ever set: the inspector folds it away while it has its initial value. */
  readonly advanced?: boolean
  /** The value of objects that lack it: those of files older than the field. */
  readonly initially?: V
  /** False: PostgreSQL cannot change it or it says nothing about the database (column order). Default true. */
  readonly compared?: boolean
  /**
   * True for a reference that closes a circle (a sequence owned by the column whose default uses it): `create` leaves
   * it out and its `alter` sets it once the object referred to exists. The object is created with `unset`.
   */
  readonly deferred?: { readonly unset: V }
  /** True: known only from the catalogue (the output columns of a view); written objects have an empty value. */
  readonly derived?: boolean
  /** SQL expressions inside the value: compared in PostgreSQL's canonical form, rewritten on renames. */
  readonly expressions?: Mapper<V, string>
  /** True where those name types, which no column beside the object can be. */
  readonly namesTypes?: boolean
  /** Other objects of the kind whose value changes with it, where it is altered. `schema` holds it as it was. */
  carriedTo?(object: T, schema: Schema): readonly ObjectBase[]
  /** Ids of other objects inside the value. */
  readonly references?: Mapper<V, ObjectId>
}

/** Rebuilds a value with each part replaced; called with an identity function it only visits. */
export interface Mapper<V, Part> {
  map(value: V, change: (part: Part) => Part): V
}

/** How a change of one field reaches the database: a replacement of the whole object, or statements. */
export type Alter<T extends ObjectBase> = 'replace' | AlterRule<T>

export interface AlterRule<T extends ObjectBase> {
  /**
   * `from` is the object as it stands in `schema` now, `to` the final object (other fields may differ too).
   * An empty list means that another field's rule has done it.
   */
  statements(from: T, to: T, schema: Schema): readonly Statement[] | 'replace'
  /** The final object where it had that value before, so that what is there now came from it: on the way down. */
  restored?(from: T, to: T, schema: Schema): ObjectBase
  /** What it does in front of the object's name ("Validate") where "Change … of" would not say it. */
  verb?(from: T, to: T): string
  /** Why this change cannot be planned, as a sentence; null where it can. */
  refuses?(from: T, to: T, schema: Schema): string | null
  /** Objects whose `pinsColumns` dependents must be dropped before and created again after. */
  disturbs?(from: T, to: T, schema: Schema): readonly ObjectId[]
  /** Objects whose own making, change or drop must come first. `from` is as in `before`, `to` as in `after`. */
  awaits?(from: T, to: T, before: Schema, after: Schema): readonly ObjectId[]
  /** True when what it disturbs gets values of another type, not only of another length. */
  converts?(from: T, to: T, schema: Schema): boolean
  /** Other objects as PostgreSQL leaves them by it, until they have a step of their own. */
  leaves?(from: T, to: T, schema: Schema): readonly ObjectBase[]
  /** Says what the change may lose or break: "values longer than 50 characters stop the migration". */
  hazards?(from: T, to: T, schema: Schema): readonly Hazard[]
}

/** Something a person must know about a step before it runs. What it locks and rewrites is measured, not declared. */
export interface Hazard {
  readonly code: 'loses-data' | 'may-fail' | 'irreversible'
  readonly message: string
}

/** How the inspector edits a value. */
export type Editor =
  | { readonly type: 'name' }
  | { readonly type: 'text'; readonly placeholder?: string }
  | { readonly type: 'comment' }
  | { readonly type: 'number' }
  /** `row` names the row where the field's label would only repeat `on`. */
  | { readonly type: 'boolean'; readonly on?: string; readonly off?: string; readonly row?: string }
  | {
      readonly type: 'choice'
      readonly options: readonly { readonly value: unknown; readonly label: string }[]
    }
  | { readonly type: 'expression'; readonly placeholder?: string }
  /** A multi-line editor. */
  | { readonly type: 'code'; readonly language: 'sql' | 'plpgsql' }
  | { readonly type: 'pg-type' }
  | { readonly type: 'texts'; readonly placeholder?: string }
  /** Ids of columns, or the id of one: of the object's own table, or of the table named by another field. */
  | { readonly type: 'columns'; readonly of?: string; readonly single?: boolean }
  | { readonly type: 'object'; readonly kinds: readonly string[]; readonly optional?: boolean }
  /** Ids of other objects of these kinds, in an order that counts. */
  | { readonly type: 'objects'; readonly kinds: readonly string[] }
  /** A record or list with an editor of its own in the inspector. */
  | { readonly type: 'index-keys' | 'identity' | 'generated' | 'sequence-options' | 'trigger-events' }
  | { readonly type: 'hidden' }

/**
 * Reads the kind from the catalogue. Ids in rows are catalogue keys (see catalog/keys.ts); the caller maps them to
 * object ids.
 */
export interface CatalogReader<T> {
  /**
   * Rows that are there wherever `query` gives any: they are asked for of all kinds at once, and only where there are
   * some `query` is run, which costs PostgreSQL more to begin than to find nothing. Absent: always run.
   */
  readonly some?: readonly SomeRows[]
  /**
   * A SELECT with one parameter in `($1::oid[] is null or <oid> = any ($1))`, which limits the rows to these relations
   * (kinds that live in a table or are one) or to objects with these oids (all others); null reads everything.
   * Extension members and system schemas are left out.
   */
  readonly query: string
  read(row: CatalogRow): T
}

/** Each function returns the idiomatic calls with exactly the effect of the SQL, or null where there is none. */
export interface SequelizeCalls<T extends ObjectBase> {
  create?(object: T, schema: Schema): readonly SequelizeCall[] | null
  /** Its entry among the attributes of its table's createTable; null where none says exactly the same. */
  attribute?(object: T, schema: Schema): JsValue | null
  drop?(object: T, schema: Schema): readonly SequelizeCall[] | null
  alter?: { readonly [F in Own<T>]?: SequelizeAlter<T> }
}

export interface SequelizeAlter<T extends ObjectBase> {
  calls(from: T, to: T, schema: Schema): readonly SequelizeCall[] | null
}
