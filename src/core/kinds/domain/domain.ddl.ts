import type { Schema } from '../../model/schema.ts'
import { commentSql, qualifiedName, typeName } from '../../sql/names.ts'
import { type Statement, statement } from '../../sql/statement.ts'
import {
  addDomainCheck,
  domainCheckClause,
  domainCheckTarget,
  isDomainCheck,
} from '../domain-check/domain-check.kind.ts'
import type { AlterRule } from '../kind.ts'
import { disturbedByRetyping, retyped, retypingRefusal } from '../retyping.ts'
import { type Domain, isDomain } from './domain.kind.ts'

export function alterDomain(domain: Domain, schema: Schema, action: string): Statement {
  return statement(domain, `ALTER DOMAIN ${qualifiedName(domain, schema)} ${action}`)
}

export function createDomain(domain: Domain, schema: Schema, checks: readonly string[]): Statement {
  const parts = [`CREATE DOMAIN ${qualifiedName(domain, schema)} AS ${typeName(domain.type, schema)}`]
  if (domain.collation !== null) parts.push(`COLLATE ${domain.collation}`)
  // A domain over a domain would otherwise get a copy of that one's default.
  const usual = schema.find(domain.type.ref, isDomain) ? 'NULL' : null
  const value = domain.default ?? usual
  if (value !== null) parts.push(`DEFAULT ${value}`)
  if (domain.notNull) parts.push('NOT NULL')
  const lines = checks.map((check) => `\n  ${check}`)
  return statement(domain, parts.join(' ') + lines.join(''))
}

function createWithChecks(domain: Domain, schema: Schema): readonly Statement[] {
  const checks = schema.childrenOf(domain.id, isDomainCheck)
  return [
    createDomain(
      domain,
      schema,
      checks.flatMap((check) => domainCheckClause(check) ?? []),
    ),
    ...checks.filter(({ notValid }) => notValid).map((check) => addDomainCheck(check, schema)),
    ...checks.flatMap((check) =>
      check.comment === null
        ? []
        : [statement(check, commentSql(domainCheckTarget(check, schema), check.comment))],
    ),
  ]
}

/** ALTER DOMAIN cannot change what it is made of. Its checks go along, but for those that change: they have gone before. */
export const alterBase: AlterRule<Domain> = {
  statements: (from, to, schema) => {
    const made: Domain = { ...to, name: from.name, parent: from.parent }
    return retyped(from, schema, {
      word: 'DOMAIN',
      create: createWithChecks(made, schema),
      convert: (value, type) => `${value}::${type}`,
    })
  },
  refuses: (from, _to, schema) => retypingRefusal(from, schema),
  disturbs: (from, _to, schema) => disturbedByRetyping(from, schema),
  converts: () => true,
  hazards: (from) => [
    { code: 'may-fail', message: `Stops at the first value that does not convert to the new ${from.name}.` },
  ],
}
