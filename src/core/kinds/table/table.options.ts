import type { CatalogRow } from '../../catalog/row.ts'
import type { ObjectBase, ObjectId } from '../../model/object.ts'
import type { Schema } from '../../model/schema.ts'
import { qualifiedNameOf } from '../../sql/names.ts'
import { quoteName } from '../../sql/quote.ts'
import { statement } from '../../sql/statement.ts'
import { asPrinted, isFlag, isOneOf, isTextOrNull, isTexts, optionalReference } from '../fields.ts'
import type { Field } from '../kind.ts'
import { isColumnPart, isForeignKeyPart } from '../parts-of-tables.ts'
import { parameterActions } from '../storage-parameters.ts'
import type { Table } from './table.kind.ts'

/** What identifies an old row for logical replication (docs ALTER TABLE); an index where `replicaIndex` names one. */
export const replicaIdentities = ['default', 'full', 'nothing'] as const
export type ReplicaIdentity = (typeof replicaIdentities)[number]

/** What a table and a partition, each for itself, are guarded and tuned by. */
export interface Guarded extends ObjectBase {
  /** Policies decide who sees and changes which rows (docs 5.9). */
  readonly rowSecurity: boolean
  /** The owner is subject to them too. */
  readonly forceRowSecurity: boolean
  /** `name=value`, sorted; of the TOAST table `toast.name=value`. */
  readonly parameters: readonly string[]
}

export const unguarded = { rowSecurity: false, forceRowSecurity: false, parameters: [] } as const

export const isGuarded = (object: ObjectBase): object is Guarded => 'rowSecurity' in object

export function guardFields<T extends Guarded>() {
  return {
    rowSecurity: flagField<T>(
      'Row-level security',
      'rowSecurity',
      (on) => `${on ? 'ENABLE' : 'DISABLE'} ROW LEVEL SECURITY`,
    ),
    forceRowSecurity: flagField<T>(
      'Also for its owner',
      'forceRowSecurity',
      (on) => `${on ? 'FORCE' : 'NO FORCE'} ROW LEVEL SECURITY`,
    ),
    parameters: parametersField<T>(),
  }
}

/** SQL for what `readGuarded` reads; `c` is the alias of pg_class. */
export const guardedColumns = `c.relrowsecurity as row_security, c.relforcerowsecurity as force_row_security,
             array(select option from unnest(c.reloptions || array(
               select 'toast.' || o from pg_class t, unnest(t.reloptions) o where t.oid = c.reltoastrelid)) option
               order by option collate "C") as parameters`

export function readGuarded(
  row: CatalogRow,
): Pick<Guarded, 'rowSecurity' | 'forceRowSecurity' | 'parameters'> {
  return {
    rowSecurity: row.flag('row_security'),
    forceRowSecurity: row.flag('force_row_security'),
    parameters: row.texts('parameters'),
  }
}

/** The fields that only ALTER TABLE sets: each in a statement of its own after CREATE TABLE. */
export const optionFields = {
  ...guardFields<Table>(),
  unlogged: unloggedField(),
  replicaIdentity: replicaIdentityField(),
  replicaIndex: replicaIndexField(),
}

function flagField<T extends Guarded>(
  label: string,
  name: 'rowSecurity' | 'forceRowSecurity',
  action: (on: boolean) => string,
): Field<T, boolean> {
  return {
    label,
    editor: { type: 'boolean' },
    valid: isFlag,
    alter: { statements: (from, to, schema) => [alterTable(from, schema, action(to[name]))] },
    sample: [true, false],
    initially: false,
    deferred: { unset: false },
  }
}

function unloggedField(): Field<Table, boolean> {
  return {
    label: 'Unlogged',
    editor: { type: 'boolean' },
    valid: isFlag,
    alter: {
      statements: (from, to, schema) => [
        alterTable(from, schema, to.unlogged ? 'SET UNLOGGED' : 'SET LOGGED'),
      ],
      // What is on the log can refer only to what is on it, too (42P16).
      awaits: (from, to, before) => {
        const keys = before.all(isForeignKeyPart)
        return to.unlogged
          ? keys
              .filter(({ referencedTable }) => referencedTable === from.id)
              .flatMap(({ id, parent }) => [id, parent ?? ''])
          : keys
              .filter(({ parent }) => parent === from.id)
              .flatMap(({ id, referencedTable }) => [id, referencedTable])
      },
      hazards: (from, to) =>
        to.unlogged
          ? [{ code: 'loses-data', message: `A crash of the server will empty ${from.name}.` }]
          : [],
    },
    sample: [true, false],
    initially: false,
    advanced: true,
  }
}

function parametersField<T extends Guarded>(): Field<T, readonly string[]> {
  return {
    label: 'Storage parameters',
    editor: { type: 'texts', placeholder: 'fillfactor=70' },
    valid: isTexts,
    alter: {
      statements: (from, to, schema) =>
        parameterActions(from.parameters, to.parameters).map((action) => alterTable(from, schema, action)),
      // Before there is a column that can need a TOAST table there is none to have parameters: they are lost.
      awaits: (_from, to, _before, after) =>
        to.parameters.some((parameter) => parameter.startsWith('toast.'))
          ? after.childrenOf(to.id, isColumnPart).map(({ id }) => id)
          : [],
    },
    sample: [['fillfactor=70'], ['autovacuum_enabled=false', 'toast.autovacuum_enabled=off'], []],
    expressions: asPrinted,
    initially: [],
    advanced: true,
    deferred: { unset: [] },
  }
}

function replicaIdentityField(): Field<Table, ReplicaIdentity> {
  return {
    label: 'Replica identity',
    editor: {
      type: 'choice',
      options: [
        { value: 'default', label: 'Primary key' },
        { value: 'full', label: 'Whole row' },
        { value: 'nothing', label: 'None' },
      ],
    },
    valid: isOneOf(replicaIdentities),
    alter: {
      statements: (from, to, schema) =>
        to.replicaIndex === null ? [setIdentity(to.replicaIdentity, from, schema)] : [],
    },
    sample: ['full', 'nothing', 'default'],
    initially: 'default',
    advanced: true,
    deferred: { unset: 'default' },
  }
}

/** An index comes after its table, so the table cannot rest on it. */
function replicaIndexField(): Field<Table, ObjectId | null> {
  return {
    label: 'Replica identity index',
    editor: { type: 'object', kinds: ['primary key', 'unique', 'index'], optional: true },
    valid: isTextOrNull,
    alter: {
      statements: (from, to, schema) => {
        const index = to.replicaIndex === null ? undefined : schema.get(to.replicaIndex)
        return [
          index
            ? alterTable(from, schema, `REPLICA IDENTITY USING INDEX ${quoteName(index.name)}`)
            : setIdentity(to.replicaIdentity, from, schema),
        ]
      },
    },
    sample: ['unique', null],
    references: optionalReference,
    initially: null,
    advanced: true,
    deferred: { unset: null },
  }
}

function setIdentity(identity: ReplicaIdentity, table: Table, schema: Schema) {
  return alterTable(table, schema, `REPLICA IDENTITY ${identity.toUpperCase()}`)
}

function alterTable(table: ObjectBase, schema: Schema, action: string) {
  return statement(table, `ALTER TABLE ${qualifiedNameOf(table.id, schema)} ${action}`)
}
