import { type Attribute, attributeKind } from '../kinds/attribute/attribute.kind.ts'
import { type DomainCheck, domainCheckKind } from '../kinds/domain-check/domain-check.kind.ts'
import type { PartitionDefault } from '../kinds/partition-default/partition-default.kind.ts'
import { type Rule, ruleKind } from '../kinds/rule/rule.kind.ts'
import type { SchemaDocument } from '../model/document.ts'
import { edit } from '../model/edit.ts'
import type { ObjectId } from '../model/object.ts'
import type { Patch } from '../model/patch.ts'
import { schemaOf } from '../model/schema.ts'
import { joinName, proposeName } from './naming.ts'

interface AddToType {
  readonly id: ObjectId
  readonly type: ObjectId
}

/** A check of a domain, to be written. */
export function addDomainCheck(document: SchemaDocument, { id, type }: AddToType): Patch {
  const schema = schemaOf(document)
  const base = joinName([schema.get(type)?.name ?? ''], 'check')
  const check: DomainCheck = {
    ...domainCheckKind.sample,
    id,
    parent: type,
    name: proposeName('domain check', type, base, schema),
    expression: 'true',
  }
  return edit(document, (draft) => draft.put(check))
}

/** A text at the end of a composite type. */
export function addAttribute(document: SchemaDocument, { id, type }: AddToType): Patch {
  const schema = schemaOf(document)
  const attribute: Attribute = {
    ...attributeKind.sample,
    id,
    parent: type,
    name: proposeName('attribute', type, 'new_attribute', schema),
    ordinal: schema.children(type).length + 1,
  }
  return edit(document, (draft) => draft.put(attribute))
}

/** A default to be written, for a column of a partition. */
export function addPartitionDefault(
  document: SchemaDocument,
  args: { readonly id: ObjectId; readonly partition: ObjectId; readonly column: ObjectId },
): Patch {
  const own: PartitionDefault = {
    id: args.id,
    kind: 'partition default',
    parent: args.partition,
    name: schemaOf(document).get(args.column)?.name ?? '',
    column: args.column,
    expression: '',
    comment: null,
  }
  return edit(document, (draft) => draft.put(own))
}

/** A rule that does nothing yet. */
export function addRule(
  document: SchemaDocument,
  { id, table }: { readonly id: ObjectId; readonly table: ObjectId },
): Patch {
  const schema = schemaOf(document)
  const rule: Rule = {
    ...ruleKind.sample,
    id,
    parent: table,
    name: proposeName('rule', table, joinName([schema.get(table)?.name ?? ''], 'rule'), schema),
    body: 'DO NOTHING',
  }
  return edit(document, (draft) => draft.put(rule))
}
