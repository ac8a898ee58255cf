import { dollarQuote, quoteName, quoteText } from '../../sql/quote.ts'
import { type Statement, statement } from '../../sql/statement.ts'
import type { Role } from './role.kind.ts'

/**
 * Makes the role where it is missing. One that exists stays as it is, whatever its attributes: it may serve others, and
 * who migrates may lack the right to change it (CREATE ROLE would be refused before it finds the role, 42501).
 */
export function createRole(role: Role): readonly Statement[] {
  const name = quoteName(role.name)
  const lines = [
    ['CREATE ROLE', name, ...attributes(role)].join(' '),
    ...role.memberOf.map((entry) => grantMembership(role, entry)),
    ...role.settings.map((setting) => setSetting(role, setting)),
  ]
  const body = [
    '',
    'BEGIN',
    `  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ${quoteText(role.name)}) THEN`,
    ...lines.map((line) => `    ${line};`),
    '  END IF;',
    'END',
    '',
  ].join('\n')
  return [statement(role, `DO ${dollarQuote(body)}`)]
}

function attributes(role: Role): readonly string[] {
  return [
    role.login ? 'LOGIN' : '',
    role.inherit ? '' : 'NOINHERIT',
    role.createRole ? 'CREATEROLE' : '',
    role.createDatabase ? 'CREATEDB' : '',
    role.bypassRowSecurity ? 'BYPASSRLS' : '',
    role.replication ? 'REPLICATION' : '',
    role.superuser ? 'SUPERUSER' : '',
    role.connectionLimit === -1 ? '' : `CONNECTION LIMIT ${role.connectionLimit}`,
    role.validUntil === null ? '' : `VALID UNTIL ${quoteText(role.validUntil)}`,
  ].filter((attribute) => attribute !== '')
}

/** The role's name in an entry of `memberOf`. */
export function memberRole(entry: string): string {
  return entry.split(/ WITH /, 1)[0] ?? entry
}

export function grantMembership(role: Role, entry: string): string {
  const group = memberRole(entry)
  return `GRANT ${quoteName(group)} TO ${quoteName(role.name)}${entry.slice(group.length)}`
}

export function setSetting(role: Role, setting: string): string {
  const [name = '', ...value] = setting.split('=')
  return `ALTER ROLE ${quoteName(role.name)} SET ${name} TO ${quoteText(value.join('='))}`
}
