import type { ObjectBase } from '../model/object.ts'
import type { Column } from './column/column.kind.ts'
import type { ForeignKey } from './foreign-key/foreign-key.kind.ts'
import type { Partition } from './partition/partition.kind.ts'
import type { PrimaryKey } from './primary-key/primary-key.kind.ts'
import type { Table } from './table/table.kind.ts'

// For what those kinds themselves rest on: from here nothing of them is loaded.

export const isColumnPart = (object: ObjectBase): object is Column => object.kind === 'column'
export const isForeignKeyPart = (object: ObjectBase): object is ForeignKey => object.kind === 'foreign key'
export const isPartitionPart = (object: ObjectBase): object is Partition => object.kind === 'partition'
export const isPrimaryKeyPart = (object: ObjectBase): object is PrimaryKey => object.kind === 'primary key'
export const isTableObject = (object: ObjectBase): object is Table => object.kind === 'table'
