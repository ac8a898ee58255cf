import { notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import { hasParts, inScope } from '../../catalog/plain-table.ts'
import { someParts } from '../../catalog/some-rows.ts'
import type { ObjectBase } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import { sqlLiteral } from '../../sequelize/js-value.ts'
import { tableTarget } from '../../sequelize/target.ts'
import { qualifiedNameOf } from '../../sql/names.ts'
import { quoteName } from '../../sql/quote.ts'
import { statement } from '../../sql/statement.ts'
import { alterTable, constraintCommentField, constraintNameField, removeConstraint } from '../constraint.ts'
import { isFlag, isText, requiredExpression } from '../fields.ts'
import {
  carried,
  carriers,
  dropPart,
  hasLocalHeirs,
  type Inheritable,
  isCarried,
  localField,
  mergedInto,
  restsOn,
  tablesReached,
} from '../inheritance.ts'
import type { Kind } from '../kind.ts'
import { isTable } from '../table/table.kind.ts'

/** A check constraint of a table (docs 5.5.1). */
export interface Check extends Inheritable {
  readonly kind: 'check'
  /** The condition without the outer parentheses of CHECK (…). */
  readonly expression: string
  readonly noInherit: boolean
  /** NOT VALID: existing rows are not known to satisfy it. */
  readonly notValid: boolean
}

export const isCheck = (object: ObjectBase): object is Check => object.kind === 'check'

/** One that a partition has from its table, too, counts as the table's. */
const ownCheck = `${hasParts('c')} and (k.coninhcount = 0 or not c.relispartition)`

export const checkKind: Kind<Check> = {
  name: 'check',
  label: 'Check',
  plural: 'Checks',
  icon: 'list-checks',
  order: 62,
  parents: ['table', 'partition'],
  nameScope: 'parent',
  fields: {
    name: carried(constraintNameField<Check>()),
    local: localField(),
    expression: {
      label: 'Condition',
      editor: { type: 'expression', placeholder: 'amount >= 0' },
      valid: isText,
      alter: 'replace',
      sample: ['length(first_name) < 50', "first_name <> 'a;b'"],
      expressions: requiredExpression,
    },
    noInherit: {
      label: 'No inherit',
      editor: { type: 'boolean' },
      valid: isFlag,
      alter: 'replace',
      sample: [true],
    },
    notValid: {
      label: 'Not valid',
      editor: { type: 'boolean' },
      valid: isFlag,
      alter: {
        verb: () => 'Validate',
        statements: (from, to, schema) =>
          to.notValid
            ? 'replace'
            : isCarried(from, to, schema)
              ? []
              : [
                  statement(
                    from,
                    `ALTER TABLE ${qualifiedNameOf(from.parent, schema)} VALIDATE CONSTRAINT ${quoteName(from.name)}`,
                  ),
                ],
      },
      sample: [true, false],
    },
    comment: constraintCommentField<Check>(),
  },
  sample: {
    id: 'check',
    kind: 'check',
    parent: 'table',
    name: 'contacts_first_name_check',
    comment: null,
    expression: "(first_name <> ''::text)",
    noInherit: false,
    local: true,
    notValid: false,
  },
  pinsColumns: () => 'conversion',
  createHazards: (check, schema) =>
    check.notValid
      ? []
      : [
          {
            code: 'may-fail',
            message: `Stops when a row of ${qualifiedNameOf(check.parent, schema)} breaks ${check.name}.`,
          },
        ],
  create: (check, schema) => (check.local ? [alterTable(check, schema, `ADD ${clause(check)}`)] : []),
  inline: (check) => (check.notValid || !check.local ? null : clause(check)),
  drop: (check, schema) => dropPart(check, schema, `DROP CONSTRAINT ${quoteName(check.name)}`),
  comesWith: carriers,
  mergesInto: mergedInto,
  reaches: tablesReached,
  dependsOn: restsOn,
  catalog: {
    some: someParts('pg_constraint', 'conrelid', `contype = 'c'`),
    query: `
      select 'k' || k.oid as id, 'c' || k.conrelid as parent, k.conname as name, k.conislocal as local,
             pg_get_expr(k.conbin, k.conrelid) as expression, k.connoinherit as no_inherit,
             not k.convalidated as not_valid, obj_description(k.oid, 'pg_constraint') as comment
      from pg_constraint k
        join pg_class c on c.oid = k.conrelid
        join pg_namespace n on n.oid = c.relnamespace
      where k.contype = 'c' and k.conenforced and ${ownCheck} and ${ownSchemas} and ${notFromExtension('pg_class', 'c.oid')}
        and ${inScope('c.oid')}
      order by n.nspname, c.relname, k.conname`,
    read: (row) => ({
      id: row.text('id'),
      kind: 'check',
      parent: row.text('parent'),
      name: row.text('name'),
      local: row.flag('local'),
      expression: row.text('expression'),
      noInherit: row.flag('no_inherit'),
      notValid: row.flag('not_valid'),
      comment: row.textOrNull('comment'),
    }),
  },
  sequelize: {
    create: (check, schema) => addConstraint(check, schema),
    drop: (check, schema) =>
      hasLocalHeirs(check, schema) || !schema.find(check.parent, isTable)
        ? null
        : removeConstraint(check, schema),
  },
}

function clause(check: Check): string {
  const suffix = (check.noInherit ? ' NO INHERIT' : '').concat(check.notValid ? ' NOT VALID' : '')
  return `CONSTRAINT ${quoteName(check.name)} CHECK (${check.expression})${suffix}`
}

/** addConstraint has neither NO INHERIT nor NOT VALID (sequelize/sequelize#13905). */
function addConstraint(check: Check, schema: Schema) {
  const table = schema.find(check.parent, isTable)
  if (!table || check.noInherit || check.notValid || !check.local) return null
  return [
    {
      method: 'addConstraint' as const,
      args: [tableTarget(table, schema)],
      options: {
        name: check.name,
        type: 'check',
        fields: [],
        where: sqlLiteral(check.expression),
      },
    },
  ]
}
