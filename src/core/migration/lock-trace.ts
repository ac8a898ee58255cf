/** Lock modes of relations, weakest first (PostgreSQL docs 13.3.1). */
export const lockModes = [
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
] as const

export type LockMode = (typeof lockModes)[number]

/** The strongest lock that a statement took on a relation, or on one of its indexes. */
export interface RelationLock {
  /** The name it had when the trace began, or was created under: `contacts`, `app.orders`. Not SQL: never quoted. */
  readonly relation: string
  readonly mode: LockMode
  /** False: it was created since the trace began, so that nobody else can wait for the lock. */
  readonly existed: boolean
}

export interface BuiltIndex {
  readonly index: string
  readonly relation: string
}

/** What one statement was seen to do. Relations are named as in its locks. */
export interface TracedStatement {
  readonly sql: string
  /** The place of its step in the plan's direction, from 0. */
  readonly step: number
  /** Statements of one number run in one transaction, so that their locks are held until its end. */
  readonly transaction: number
  readonly milliseconds: number
  readonly locks: readonly RelationLock[]
  /** Tables and materialized views that got a new file (`pg_relation_filenode`). */
  readonly rewritten: readonly string[]
  /** What was read from beginning to end (`pg_stat_xact_all_tables.seq_scan`). */
  readonly scanned: readonly string[]
  /** Indexes that were built, for the first time or again. */
  readonly indexesBuilt: readonly BuiltIndex[]
  /** Whether an owner of everything who is no superuser is refused (42501); null: not tried. */
  readonly needsSuperuser: boolean | null
  /**
   * False for what runs outside a transaction: its locks are gone before they can be read. Then `locks` are those that
   * the documentation names (docs 13.3.1), and scans are not known.
   */
  readonly measured: boolean
}

/** Every statement of a migration as it was seen to run on sample rows. Plain data. */
export interface LockTrace {
  /** Rows at the start in the tables that it locks; times mean something only in relation to them. */
  readonly rows: Readonly<Record<string, number>>
  readonly up: readonly TracedStatement[]
  readonly down: readonly TracedStatement[]
}

/** What others cannot do with a table as long as the lock is held (docs table 13.2). */
export type Blocked = 'nothing' | 'writes' | 'reads and writes'

export function blockedBy(mode: LockMode): Blocked {
  if (mode === 'ACCESS EXCLUSIVE') return 'reads and writes'
  return lockModes.indexOf(mode) >= lockModes.indexOf('SHARE') ? 'writes' : 'nothing'
}

export function strongerLock(a: LockMode, b: LockMode): LockMode {
  return lockModes.indexOf(a) >= lockModes.indexOf(b) ? a : b
}

/** Guards what comes from a file. */
export function isLockTrace(value: unknown): value is LockTrace {
  return (
    isRecord(value) &&
    isRecord(value.rows) &&
    Object.values(value.rows).every((count) => typeof count === 'number') &&
    isListOf(value.up, isTracedStatement) &&
    isListOf(value.down, isTracedStatement)
  )
}

function isTracedStatement(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value.sql === 'string' &&
    [value.step, value.transaction, value.milliseconds].every((number) => typeof number === 'number') &&
    isListOf(value.locks, isRelationLock) &&
    isListOf(value.rewritten, isText) &&
    isListOf(value.scanned, isText) &&
    isListOf(
      value.indexesBuilt,
      (built) => isRecord(built) && isText(built.index) && isText(built.relation),
    ) &&
    (value.needsSuperuser === null || typeof value.needsSuperuser === 'boolean') &&
    typeof value.measured === 'boolean'
  )
}

function isRelationLock(value: unknown): boolean {
  return (
    isRecord(value) &&
    isText(value.relation) &&
    lockModes.some((mode) => mode === value.mode) &&
    typeof value.existed === 'boolean'
  )
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isListOf(value: unknown, is: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(is)
}
