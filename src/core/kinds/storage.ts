import type { CatalogRow } from '../catalog/row.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Schema } from '../model/schema.ts'
import { quoteName } from '../sql/quote.ts'
import { statement } from '../sql/statement.ts'
import { isTextOrNull } from './fields.ts'
import type { AlterRule, Field, Mapper } from './kind.ts'
import { isRaw, type Raw } from './raw/raw.kind.ts'

/** What is kept in a tablespace: a directory of the server, which is none of the database's objects (docs 22.6). */
export interface InTablespace extends ObjectBase {
  /** Its name; null: the one of the database. Of a partitioned table, where its partitions are made. */
  readonly tablespace: string | null
}

/** What holds rows: their access method says in which form (docs 62). */
export interface Stored extends InTablespace {
  /** null: the usual one (`heap`). Of a partitioned table, that of its partitions. */
  readonly accessMethod: string | null
}

export const storedAsUsual = { tablespace: null, accessMethod: null } as const

/** The first version that can change the access method of what has rows. */
export const accessMethodChangesSince = 15

const usualTablespace = 'pg_default'
const usualMethod = 'heap'

/** The usual one may also be named: PostgreSQL's print tells what is the same. */
const asPrinted: Mapper<string | null, string> = { map: (value) => value }

/** Empty, or ` TABLESPACE fast`. In a relation that says where, what is made has to say that it is not there. */
export function tablespaceClause({ tablespace }: InTablespace, within?: ObjectBase): string {
  const name = tablespace ?? (within && isStored(within) && within.tablespace ? usualTablespace : null)
  return name === null ? '' : ` TABLESPACE ${quoteName(name)}`
}

/** Empty, or ` USING columnar`. */
export function accessMethodClause({ accessMethod }: Stored, within?: ObjectBase): string {
  const name = accessMethod ?? (within && isStored(within) && within.accessMethod ? usualMethod : null)
  return name === null ? '' : ` USING ${quoteName(name)}`
}

/** The tablespace that it names, if it does. */
export function tablespaceOf(object: ObjectBase): readonly string[] {
  return 'tablespace' in object && typeof object.tablespace === 'string' ? [object.tablespace] : []
}

/** An access method that the schema makes itself; no kind models it. */
export function methodNamed(name: string | null, schema: Schema): readonly ObjectId[] {
  if (name === null) return []
  const isIt = (raw: Raw) => raw.objectType === 'access method' && raw.name === name
  return schema
    .all(isRaw)
    .filter(isIt)
    .map(({ id }) => id)
}

export function isStored(object: ObjectBase): object is Stored {
  return 'tablespace' in object && 'accessMethod' in object
}

/** SET TABLESPACE and the like; `alter` gives the words before it. */
export function setTablespace<T extends InTablespace>(
  alter: (object: T, schema: Schema) => string,
): AlterRule<T> {
  return {
    statements: (from, to, schema) => {
      const name = quoteName(to.tablespace ?? usualTablespace)
      return [statement(from, `${alter(from, schema)} SET TABLESPACE ${name}`)]
    },
  }
}

export function tablespaceField<T extends InTablespace>(alter: AlterRule<T>): Field<T, string | null> {
  return {
    label: 'Tablespace',
    editor: { type: 'text', placeholder: 'fast_disk' },
    valid: isTextOrNull,
    alter,
    sample: ['Two "Disks" 🐘', 'fast', null],
    expressions: asPrinted,
    initially: null,
    advanced: true,
  }
}

/** `alter` gives the words before SET ACCESS METHOD. */
export function storedFields<T extends Stored>(
  alter: (object: T, schema: Schema) => string,
): {
  readonly accessMethod: Field<T, string | null>
  readonly tablespace: Field<T, string | null>
} {
  return {
    accessMethod: {
      label: 'Access method',
      editor: { type: 'text', placeholder: usualMethod },
      valid: isTextOrNull,
      alter: {
        statements: (from, to, schema) => {
          const name = quoteName(to.accessMethod ?? usualMethod)
          return [statement(from, `${alter(from, schema)} SET ACCESS METHOD ${name}`)]
        },
      },
      sample: [],
      expressions: asPrinted,
      initially: null,
      advanced: true,
    },
    tablespace: tablespaceField(setTablespace(alter)),
  }
}

/** SQL for what `readTablespace` reads; `c` is the alias of pg_class. */
export const tablespaceColumn = (c: string) =>
  `(select spcname from pg_tablespace where oid = ${c}.reltablespace) as tablespace`

/** SQL for what `readStored` reads. */
export const storedColumns = (c: string) =>
  `${tablespaceColumn(c)}, (select nullif(amname, '${usualMethod}') from pg_am where oid = ${c}.relam) as access_method`

export function readTablespace(row: CatalogRow): Pick<InTablespace, 'tablespace'> {
  return { tablespace: row.textOrNull('tablespace') }
}

export function readStored(row: CatalogRow): Pick<Stored, 'tablespace' | 'accessMethod'> {
  return { ...readTablespace(row), accessMethod: row.textOrNull('access_method') }
}
