import type { Enum } from '../kinds/enum/enum.kind.ts'
import type { Extension } from '../kinds/extension/extension.kind.ts'
import type { FunctionObject } from '../kinds/function/function.kind.ts'
import { blankRole, type Role } from '../kinds/role/role.kind.ts'
import type { SchemaObject } from '../kinds/schema/schema.kind.ts'
import type { Sequence } from '../kinds/sequence/sequence.kind.ts'
import type { View } from '../kinds/view/view.kind.ts'
import type { SchemaDocument } from '../model/document.ts'
import { edit } from '../model/edit.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Patch } from '../model/patch.ts'
import { type Schema, schemaOf } from '../model/schema.ts'
import { defaultNamespace, placement, publicSchema } from './create-table.ts'
import { type NewId, proposeName } from './naming.ts'

export interface AddObject {
  readonly id: ObjectId
  readonly newId: NewId
  /** The schema (namespace) it goes into; default `public`. */
  readonly namespace?: ObjectId
  /** Made unique. */
  readonly name?: string
}

interface AddEnum extends AddObject {
  readonly labels?: readonly string[]
}

export function addEnum(document: SchemaDocument, args: AddEnum): Patch {
  return addInNamespace(
    document,
    args,
    'enum',
    'new_enum',
    (base): Enum => ({
      ...base,
      kind: 'enum',
      labels: args.labels ?? ['first', 'second'],
    }),
  )
}

/** A sequence with PostgreSQL's defaults. */
export function addSequence(document: SchemaDocument, args: AddObject): Patch {
  return addInNamespace(
    document,
    args,
    'sequence',
    'new_sequence',
    (base): Sequence => ({
      ...base,
      kind: 'sequence',
      dataType: 'bigint',
      options: { start: '1', increment: '1', min: '1', max: '9223372036854775807', cache: '1', cycle: false },
      ownedBy: null,
    }),
  )
}

interface AddView extends AddObject {
  readonly query?: string
  readonly x: number
  readonly y: number
}

export function addView(document: SchemaDocument, args: AddView): Patch {
  return addInNamespace(
    document,
    args,
    'view',
    'new_view',
    (base): View => ({
      ...base,
      kind: 'view',
      query: args.query ?? 'SELECT 1 AS one',
      columns: [],
      checkOption: null,
      securityInvoker: false,
      securityBarrier: false,
    }),
    { x: args.x, y: args.y },
  )
}

interface AddFunction extends AddObject {
  /** True: a function for triggers; otherwise one that returns nothing. */
  readonly forTrigger?: boolean
}

export function addFunction(document: SchemaDocument, args: AddFunction): Patch {
  const body = args.forTrigger
    ? '\nBEGIN\n  NEW.updated_at := now();\n  RETURN NEW;\nEND;\n'
    : '\nBEGIN\nEND;\n'
  return addInNamespace(
    document,
    args,
    'function',
    'new_function',
    (base): FunctionObject => ({
      ...base,
      kind: 'function',
      procedure: false,
      arguments: '',
      identityArguments: null,
      returns: args.forTrigger ? 'trigger' : 'void',
      language: 'plpgsql',
      body,
      standardBody: false,
      volatility: 'volatile',
      strict: false,
      securityDefiner: false,
      leakproof: false,
      parallel: 'unsafe',
      cost: null,
      rows: null,
      settings: [],
    }),
  )
}

/** A schema (namespace). */
export function addSchema(document: SchemaDocument, args: { id: ObjectId; name?: string }): Patch {
  const name = proposeName('schema', null, args.name ?? 'new_schema', schemaOf(document))
  const object: SchemaObject = { id: args.id, kind: 'schema', parent: null, name, comment: null }
  return edit(document, (draft) => draft.put(object))
}

/** A role without any right. */
export function addRole(document: SchemaDocument, args: { id: ObjectId; name?: string }): Patch {
  const name = proposeName('role', null, args.name ?? 'new_role', schemaOf(document))
  const role: Role = { ...blankRole, id: args.id, name }
  return edit(document, (draft) => draft.put(role))
}

/** An extension; one that is there already is not added twice. */
export function addExtension(document: SchemaDocument, args: { id: ObjectId; name: string }): Patch {
  const there = schemaOf(document)
    .children(null)
    .some((object) => object.kind === 'extension' && object.name === args.name)
  const object: Extension = {
    id: args.id,
    kind: 'extension',
    parent: null,
    name: args.name,
    comment: null,
    schema: null,
    version: null,
  }
  return edit(document, (draft) => {
    if (!there) draft.put(object)
  })
}

/** Puts an object into its schema (`public` by default, made where it is missing) under a free name. */
export function addInNamespace(
  document: SchemaDocument,
  args: AddObject,
  kind: string,
  defaultName: string,
  make: (base: Omit<ObjectBase, 'kind'>) => ObjectBase,
  at?: { readonly x: number; readonly y: number },
): Patch {
  return edit(document, (draft) => {
    const parent = args.namespace ?? defaultNamespace(document)?.id ?? args.newId()
    if (!draft.objects.has(parent)) draft.put(publicSchema(parent))
    const schema: Schema = schemaOf(document)
    const name = proposeName(kind, parent, args.name ?? defaultName, schema)
    draft.put(make({ id: args.id, parent, name, comment: null }))
    if (at) draft.draw(placement(args.id, at.x, at.y))
  })
}
