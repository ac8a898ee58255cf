import fc from 'fast-check'
import { attributeKind } from '../core/kinds/attribute/attribute.kind.ts'
import { compositeTypeKind } from '../core/kinds/composite-type/composite-type.kind.ts'
import { domainKind } from '../core/kinds/domain/domain.kind.ts'
import { domainCheckKind } from '../core/kinds/domain-check/domain-check.kind.ts'
import { rangeTypeKind } from '../core/kinds/range-type/range-type.kind.ts'
import type { AnyObject } from '../core/kinds/registry.ts'
import { type PgType, pgType } from '../core/model/pg-type.ts'

/** A person's own types in a random schema; absent ones are null. Their ids are these words. */
export interface OwnTypesSpec {
  readonly domain:
    | (Named & {
        readonly base: number
        readonly default: boolean
        readonly notNull: boolean
        readonly check: { readonly name: string; readonly limit: number } | null
      })
    | null
  readonly composite:
    | (Named & { readonly attributes: readonly ({ readonly name: string; readonly base: number } | null)[] })
    | null
  readonly range: (Named & { readonly base: number; readonly sets: string }) | null
}

interface Named {
  readonly name: string
  readonly schema: number
  readonly comment: string | null
}

export type OwnType = keyof OwnTypesSpec
export const ownTypes: readonly OwnType[] = ['domain', 'composite', 'range']

/** Each can be cast to every other, as a change of them must. */
const bases: readonly PgType[] = [
  pgType('integer'),
  pgType('bigint'),
  pgType('text'),
  pgType('numeric'),
  pgType('varchar', '50'),
]

export function ownTypesSpec(
  name: fc.Arbitrary<string>,
  comment: fc.Arbitrary<string | null>,
): fc.Arbitrary<OwnTypesSpec> {
  const base = fc.nat(bases.length - 1)
  const named = { name, schema: fc.nat(1), comment }
  return fc.record({
    domain: fc.option(
      fc.record({
        ...named,
        base,
        default: fc.boolean(),
        notNull: fc.boolean(),
        check: fc.option(fc.record({ name, limit: fc.nat(3) }), { freq: 2 }),
      }),
      { freq: 2 },
    ),
    composite: fc.option(
      fc.record({
        ...named,
        attributes: fc.array(fc.option(fc.record({ name, base }), { freq: 3 }), {
          minLength: 3,
          maxLength: 3,
        }),
      }),
      { freq: 2 },
    ),
    range: fc.option(fc.record({ ...named, base: fc.nat(2), sets: name }), { freq: 1 }),
  })
}

/** The objects of the spec. `free` makes a name unique in a place; `namespace` gives the id of a schema. */
export function ownTypeObjects(
  spec: OwnTypesSpec,
  free: (place: string, wanted: string) => string,
  namespace: (index: number) => string,
): readonly AnyObject[] {
  const objects: AnyObject[] = []
  const baseOf = (index: number) => bases[index] ?? pgType('text')
  const { domain, composite, range } = spec
  if (domain) {
    const parent = namespace(domain.schema)
    objects.push({
      ...domainKind.sample,
      id: 'domain',
      parent,
      name: free(parent, domain.name),
      comment: domain.comment,
      type: baseOf(domain.base),
      default: domain.default ? "'7'" : null,
      notNull: domain.notNull,
    })
    if (domain.check) {
      objects.push({
        ...domainCheckKind.sample,
        parent: 'domain',
        name: free('domain checks', domain.check.name),
        expression: `VALUE::text <> '${domain.check.limit}'`,
      })
    }
  }
  if (composite) {
    const parent = namespace(composite.schema)
    objects.push({
      ...compositeTypeKind.sample,
      id: 'composite',
      parent,
      name: free(parent, composite.name),
      comment: composite.comment,
    })
    for (const [place, attribute] of composite.attributes.entries()) {
      if (!attribute) continue
      objects.push({
        ...attributeKind.sample,
        id: `attribute${place}`,
        parent: 'composite',
        name: free('attributes', attribute.name),
        ordinal: place + 1,
        type: baseOf(attribute.base),
      })
    }
  }
  if (range) {
    const parent = namespace(range.schema)
    objects.push({
      ...rangeTypeKind.sample,
      id: 'range',
      parent,
      name: free(parent, range.name),
      comment: range.comment,
      subtype: baseOf(range.base),
      multirangeName: free(parent, `${range.sets.slice(0, 50)}_sets`),
    })
  }
  return objects
}
