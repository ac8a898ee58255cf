import type { ObjectBase } from '../model/object.ts'
import type { Schema } from '../model/schema.ts'
import { type Statement, statement } from '../sql/statement.ts'
import { isTexts } from './fields.ts'
import type { Field, Mapper } from './kind.ts'

/** What a role may do beyond what it may without any GRANT or REVOKE, and what less. */
export interface Rights extends ObjectBase {
  /** `SELECT`, or `SELECT (email)` for one column; sorted. */
  readonly privileges: readonly string[]
  /** Those of `privileges` that it may pass on. */
  readonly grantable: readonly string[]
  /** Rights taken away that it would have otherwise, such as EXECUTE of everyone on a new function. */
  readonly revoked: readonly string[]
}

/** Prints `GRANT <what> ON … TO …`, `REVOKE <what> ON … FROM …` for the rights of one role on one thing. */
export interface RightsSql<T extends Rights> {
  give(rights: T, schema: Schema, privileges: readonly string[], grantable: boolean): string
  take(rights: T, schema: Schema, privileges: readonly string[], grantable: boolean): string
  /** Whether the role has every right of the thing without being given it: the owner has. */
  isOwner(rights: T, schema: Schema): boolean
}

/** Columns are named in the parentheses, and follow their renames there. */
const columnsOf: Mapper<readonly string[], string> = {
  map: (privileges, change) =>
    privileges.map((privilege) => (privilege.includes('(') ? change(privilege) : privilege)),
}

interface Samples {
  readonly privileges: readonly (readonly string[])[]
  readonly grantable: readonly (readonly string[])[]
  readonly revoked: readonly (readonly string[])[]
}

/** The three fields of a kind of rights. */
export function rightsFields<T extends Rights>(sql: RightsSql<T>, samples: Samples) {
  const field = (
    label: string,
    sample: readonly (readonly string[])[],
    statements: (from: T, to: T, schema: Schema) => readonly Statement[],
  ): Field<T, readonly string[]> => ({
    label,
    editor: { type: 'texts', placeholder: 'SELECT' },
    valid: isTexts,
    alter: { statements },
    sample,
    expressions: columnsOf,
  })
  const printed = (from: T, ...lines: readonly (string | false)[]): readonly Statement[] =>
    lines.flatMap((line) => (line === false ? [] : [statement(from, line)]))
  return {
    privileges: field('Privileges', samples.privileges, (from, to, schema) => {
      // The columns of a right went along with their renames: under its text it may be about others by now.
      const ofColumns = from.privileges.filter((privilege) => privilege.includes('('))
      const lost = wordsOf([...without(from.privileges, to.privileges), ...ofColumns])
      const gained = to.privileges.filter(
        (privilege) => lost.includes(wordOf(privilege)) || !from.privileges.includes(privilege),
      )
      const passing = gained.filter((privilege) => to.grantable.includes(privilege))
      const plain = without(gained, passing)
      return printed(
        from,
        lost.length > 0 && sql.take(from, schema, lost, false),
        ...keptByOwner(to, schema, sql, lost),
        plain.length > 0 && sql.give(from, schema, plain, false),
        passing.length > 0 && sql.give(from, schema, passing, true),
      )
    }),
    grantable: field('With grant option', samples.grantable, (from, to, schema) => {
      const taken = wordsOf(without(from.privileges, to.privileges))
      const lost = without(wordsOf(without(from.grantable, to.grantable)), taken)
      const gained = to.grantable.filter(
        (privilege) => lost.includes(wordOf(privilege)) || !from.grantable.includes(privilege),
      )
      return printed(
        from,
        lost.length > 0 && sql.take(from, schema, lost, true),
        gained.length > 0 && sql.give(from, schema, gained, true),
      )
    }),
    revoked: field('Taken away', samples.revoked, (from, to, schema) => {
      const back = without(from.revoked, to.revoked)
      const taken = without(to.revoked, from.revoked)
      return printed(
        from,
        back.length > 0 && sql.give(from, schema, back, false),
        taken.length > 0 && sql.take(from, schema, taken, false),
      )
    }),
  }
}

export function giveRights<T extends Rights>(
  rights: T,
  schema: Schema,
  sql: RightsSql<T>,
): readonly Statement[] {
  const plain = without(rights.privileges, rights.grantable)
  return [
    ...(plain.length > 0 ? [statement(rights, sql.give(rights, schema, plain, false))] : []),
    ...(rights.grantable.length > 0
      ? [statement(rights, sql.give(rights, schema, rights.grantable, true))]
      : []),
    ...(rights.revoked.length > 0
      ? [statement(rights, sql.take(rights, schema, rights.revoked, false))]
      : []),
  ]
}

export function takeRights<T extends Rights>(
  rights: T,
  schema: Schema,
  sql: RightsSql<T>,
): readonly Statement[] {
  const words = wordsOf(rights.privileges)
  const passed = without(wordsOf(rights.grantable), words)
  return [
    ...(words.length > 0 ? [statement(rights, sql.take(rights, schema, words, false))] : []),
    ...keptByOwner(rights, schema, sql, words).map((line) => statement(rights, line)),
    ...(passed.length > 0 ? [statement(rights, sql.take(rights, schema, passed, true))] : []),
    ...(rights.revoked.length > 0
      ? [statement(rights, sql.give(rights, schema, rights.revoked, false))]
      : []),
  ]
}

/** Gives back what the owner has of the whole thing, when the same right is taken: it goes with those on the columns. */
function keptByOwner<T extends Rights>(
  rights: T,
  schema: Schema,
  sql: RightsSql<T>,
  taken: readonly string[],
): readonly string[] {
  const kept = sql.isOwner(rights, schema) ? without(taken, rights.revoked) : []
  return kept.length > 0 ? [sql.give(rights, schema, kept, false)] : []
}

function without(all: readonly string[], some: readonly string[]): readonly string[] {
  return all.filter((one) => !some.includes(one))
}

/**
 * The rights without their columns: taking one back from a table takes it from its columns, whatever they are called by
 * then.
 */
function wordsOf(privileges: readonly string[]): readonly string[] {
  return [...new Set(privileges.map(wordOf))]
}

function wordOf(privilege: string): string {
  return privilege.split(' (', 1)[0] ?? privilege
}

/** The columns that `rightsFields` are read from, of `holders` with the columns of catalog/grantable.ts. */
export const rightsColumns = `
  array_agg(e.privilege || e.suffix order by (e.privilege || e.suffix) collate "C") filter (where e.held and not e.usual) as privileges,
  array_agg(e.privilege || e.suffix order by (e.privilege || e.suffix) collate "C") filter (where e.passes and not e.usually_passes) as grantable,
  array_agg(e.privilege || e.suffix order by (e.privilege || e.suffix) collate "C") filter (where e.usual and not e.held) as revoked`

/** Each right that `o` gives or would give without any GRANT or REVOKE, as `e`. */
export const rightsOfHolder = `
  lateral (
    select o.suffix, x.grantee, x.privilege_type as privilege, bool_or(x.now) as held, bool_or(not x.now) as usual,
           bool_or(x.now and x.is_grantable) as passes, bool_or(not x.now and x.is_grantable) as usually_passes
    from (select true as now, a.* from aclexplode(o.acl) a union all select false, b.* from aclexplode(o.base) b) x
    group by x.grantee, x.privilege_type
    having bool_or(x.now) <> bool_or(not x.now) or bool_or(x.now and x.is_grantable) <> bool_or(not x.now and x.is_grantable)) e`
