import type { ObjectBase } from '../model/object.ts'
import { pgType } from '../model/pg-type.ts'
import { type Attribute, attributeKind } from './attribute/attribute.kind.ts'
import { type CompositeType, compositeTypeKind } from './composite-type/composite-type.kind.ts'
import { type Domain, domainKind } from './domain/domain.kind.ts'
import { type DomainCheck, domainCheckKind } from './domain-check/domain-check.kind.ts'
import { type RangeType, rangeTypeKind } from './range-type/range-type.kind.ts'

/** The rarer forms of a person's own types. */
export function typeVariants(): readonly ObjectBase[] {
  return [...domains(), ...composites(), ...ranges()]
}

function domains(): readonly ObjectBase[] {
  const strict: Domain = {
    ...domainKind.sample,
    id: 'strict domain',
    name: 'Strict "domain" 🐘',
    type: pgType('varchar', '40'),
    collation: '"C"',
    default: "'x;'::character varying",
    notNull: true,
    comment: 'Strict',
  }
  const check: DomainCheck = {
    ...domainCheckKind.sample,
    id: 'strict domain check',
    parent: strict.id,
    name: 'has "x" 🐘',
    expression: "((VALUE)::text <> 'a;b'::text)",
    comment: 'Has',
  }
  const over: Domain = {
    ...domainKind.sample,
    id: 'domain over domain',
    name: 'stricter',
    type: { base: strict.name, modifiers: '', dimensions: 0, ref: strict.id },
  }
  const array: Domain = {
    ...domainKind.sample,
    id: 'domain over array',
    name: 'tags',
    type: { base: 'mood', modifiers: '', dimensions: 1, ref: 'enum' },
  }
  const later: DomainCheck = {
    ...check,
    id: 'later domain check',
    name: 'later',
    notValid: true,
    comment: null,
  }
  return [strict, check, later, over, array]
}

function composites(): readonly ObjectBase[] {
  const type: CompositeType = {
    ...compositeTypeKind.sample,
    id: 'composite variant',
    name: 'Place "type" 🐘',
    comment: 'Place',
  }
  const attribute = (name: string, ordinal: number, more: Partial<Attribute>): Attribute => ({
    ...attributeKind.sample,
    id: `composite variant ${name}`,
    parent: type.id,
    name,
    ordinal,
    ...more,
  })
  return [
    type,
    attribute('A "b" 🐘', 1, { collation: '"C"', comment: 'Odd' }),
    attribute('mood', 2, { type: { base: 'mood', modifiers: '', dimensions: 0, ref: 'enum' } }),
    attribute('where', 3, { type: { base: 'address', modifiers: '', dimensions: 1, ref: 'composite type' } }),
    attribute('price', 4, { type: pgType('numeric', '12,2') }),
  ]
}

function ranges(): readonly RangeType[] {
  return [
    {
      ...rangeTypeKind.sample,
      id: 'float range',
      name: 'Float "range"',
      subtype: pgType('double precision'),
      subtypeDiff: 'float8mi',
      multirangeName: 'Float sets 🐘',
      comment: 'Floats',
    },
    {
      ...rangeTypeKind.sample,
      id: 'text range',
      name: 'texts',
      opclass: 'text_pattern_ops',
      collation: '"C"',
      multirangeName: 'text_sets',
    },
  ]
}
