import { isNumberOrNull, isOneOf } from '../fields.ts'
import type { Field } from '../kind.ts'
import { alterColumnAlone } from './column.ddl.ts'
import type { Column } from './column.kind.ts'

const columnStorages = ['plain', 'main', 'external', 'extended'] as const
export type ColumnStorage = (typeof columnStorages)[number]

const columnCompressions = ['pglz', 'lz4'] as const
export type ColumnCompression = (typeof columnCompressions)[number]

export const isColumnStorage = isOneOf(columnStorages)
export const isColumnCompression = isOneOf(columnCompressions)

/** The fields about how values are kept: each set by a statement of its own once the column exists. */
export const storageFields = {
  storage: storageField(),
  compression: compressionField(),
  statistics: statisticsField(),
}

/** Also what a change of the type has to set again, which takes both back to the new type's own. */
export function storageActions(column: Column): readonly string[] {
  return [
    ...(column.storage === null ? [] : [`SET STORAGE ${column.storage.toUpperCase()}`]),
    ...(column.compression === null ? [] : [`SET COMPRESSION ${column.compression}`]),
  ]
}

function storageField(): Field<Column, ColumnStorage | null> {
  return {
    label: 'Storage',
    editor: { type: 'choice', options: withDefault(columnStorages) },
    valid: (value): value is ColumnStorage | null => value === null || isColumnStorage(value),
    alter: {
      statements: (from, to, schema) => [
        alterColumnAlone(from, schema, `SET STORAGE ${(to.storage ?? 'default').toUpperCase()}`),
      ],
    },
    sample: [],
    initially: null,
    advanced: true,
    deferred: { unset: null },
  }
}

function compressionField(): Field<Column, ColumnCompression | null> {
  return {
    label: 'Compression',
    editor: { type: 'choice', options: withDefault(columnCompressions) },
    valid: (value): value is ColumnCompression | null => value === null || isColumnCompression(value),
    alter: {
      statements: (from, to, schema) => [
        alterColumnAlone(from, schema, `SET COMPRESSION ${to.compression ?? 'DEFAULT'}`),
      ],
    },
    sample: [],
    initially: null,
    advanced: true,
    deferred: { unset: null },
  }
}

function statisticsField(): Field<Column, number | null> {
  return {
    label: 'Statistics target',
    editor: { type: 'number' },
    valid: isNumberOrNull,
    alter: {
      // -1 is the default in every version; the word DEFAULT only since 17.
      statements: (from, to, schema) => [
        alterColumnAlone(from, schema, `SET STATISTICS ${to.statistics ?? -1}`),
      ],
    },
    sample: [500, 0, null],
    initially: null,
    advanced: true,
    deferred: { unset: null },
  }
}

function withDefault(words: readonly string[]) {
  return [{ value: null, label: 'Default' }, ...words.map((value) => ({ value, label: value.toUpperCase() }))]
}
