import type { ParsedStatement, SqlNode } from '../sql/split.ts'
import { ownerGivenBy } from './owners.ts'

/** What an import does with a statement: PostgreSQL runs it, or it is left out for a reason. */
export type Disposition =
  | { readonly run: true }
  | {
      readonly run: false
      /** PostgreSQL's word for the statement: "SET", "INSERT". */
      readonly word: string
      readonly reason: string
      /** Rows and settings come by the thousand: reported once per word and target, with a count. */
      readonly summary?: string
    }

const run: Disposition = { run: true }

/** Why a statement is left out. */
export const reasons = {
  transaction: 'Every statement is run on its own',
  setting: 'A setting of the session, not of the schema',
  data: 'Rows are not kept: a project holds a schema without its rows',
  owner: 'What belongs to the same role as most belongs to who runs the migration',
  database: 'A database is not part of a schema',
  upkeep: 'Changes nothing in the schema',
  server: 'Belongs to the server, not to the schema',
  role: 'Acts for another role; everything is made by one',
  temporary: 'Gone with the session that makes it',
  subscription: 'A subscription connects to another server',
}

type Rule = readonly [word: string, reason: string]

/** Statements left out whatever they say, by the name of their parse node. */
const leftOut: Readonly<Record<string, Rule>> = {
  TransactionStmt: ['transaction control', reasons.transaction],
  AlterOwnerStmt: ['OWNER TO', reasons.owner],
  ReassignOwnedStmt: ['REASSIGN OWNED', reasons.owner],
  DropOwnedStmt: ['DROP OWNED', reasons.owner],
  CreatedbStmt: ['CREATE DATABASE', reasons.database],
  DropdbStmt: ['DROP DATABASE', reasons.database],
  AlterDatabaseStmt: ['ALTER DATABASE', reasons.database],
  AlterDatabaseSetStmt: ['ALTER DATABASE', reasons.database],
  AlterDatabaseRefreshCollStmt: ['ALTER DATABASE', reasons.database],
  CreateTableSpaceStmt: ['CREATE TABLESPACE', reasons.server],
  DropTableSpaceStmt: ['DROP TABLESPACE', reasons.server],
  AlterTableSpaceOptionsStmt: ['ALTER TABLESPACE', reasons.server],
  AlterSystemStmt: ['ALTER SYSTEM', reasons.server],
  CreateSubscriptionStmt: ['CREATE SUBSCRIPTION', reasons.subscription],
  AlterSubscriptionStmt: ['ALTER SUBSCRIPTION', reasons.subscription],
  DropSubscriptionStmt: ['DROP SUBSCRIPTION', reasons.subscription],
  UpdateStmt: ['UPDATE', reasons.data],
  DeleteStmt: ['DELETE', reasons.data],
  MergeStmt: ['MERGE', reasons.data],
  TruncateStmt: ['TRUNCATE', reasons.data],
  VacuumStmt: ['VACUUM', reasons.upkeep],
  ReindexStmt: ['REINDEX', reasons.upkeep],
  CheckPointStmt: ['CHECKPOINT', reasons.upkeep],
  ExplainStmt: ['EXPLAIN', reasons.upkeep],
  LockStmt: ['LOCK', reasons.upkeep],
  ListenStmt: ['LISTEN', reasons.upkeep],
  UnlistenStmt: ['UNLISTEN', reasons.upkeep],
  NotifyStmt: ['NOTIFY', reasons.upkeep],
  DiscardStmt: ['DISCARD', reasons.upkeep],
  PrepareStmt: ['PREPARE', reasons.upkeep],
  ExecuteStmt: ['EXECUTE', reasons.upkeep],
  DeallocateStmt: ['DEALLOCATE', reasons.upkeep],
  DeclareCursorStmt: ['DECLARE', reasons.upkeep],
  FetchStmt: ['FETCH', reasons.upkeep],
  ClosePortalStmt: ['CLOSE', reasons.upkeep],
  LoadStmt: ['LOAD', reasons.upkeep],
  VariableShowStmt: ['SHOW', reasons.upkeep],
  ConstraintsSetStmt: ['SET CONSTRAINTS', reasons.setting],
}

/** Settings that decide what later statements mean. */
const meaningful = new Set([
  'search_path',
  'check_function_bodies',
  'default_with_oids',
  'default_tablespace',
  'default_table_access_method',
  'xmloption',
])

/** Decides what to do with a statement. `usual` is to whom most of the source belongs. */
export function dispositionOf(statement: ParsedStatement, usual: string | null = null): Disposition {
  const { type, node } = statement
  const owner = ownerGivenBy(statement)
  if (owner !== null && usual !== null && owner !== usual) return run
  const rule = leftOut[type]
  if (rule) return { run: false, word: rule[0], reason: rule[1], ...summaryOf(rule[0], rule[1], node) }
  if (isTemporary(node)) return { run: false, word: 'temporary', reason: reasons.temporary }
  switch (type) {
    case 'VariableSetStmt':
      return setting(node)
    case 'AlterTableStmt':
      return onlyOwner(node)
        ? { run: false, word: 'OWNER TO', reason: reasons.owner, summary: 'OWNER TO' }
        : run
    case 'InsertStmt':
      return data('INSERT', node)
    case 'CopyStmt':
      return data('COPY', node)
    case 'SelectStmt':
      return onlyReads(node) ? { run: false, word: 'SELECT', reason: reasons.upkeep } : run
    default:
      return run
  }
}

/** RangeVar.relpersistence of what the statement makes. */
function isTemporary({ relation, view, sequence, into }: SqlNode): boolean {
  const made = [relation, view, sequence, isNode(into) ? into.rel : undefined]
  return made.some((node) => isNode(node) && node.relpersistence === 't')
}

function summaryOf(word: string, reason: string, node: SqlNode): { summary: string } | undefined {
  if (reason === reasons.data) return { summary: `${word} ${relationName(node.relation) ?? ''}`.trim() }
  return reason === reasons.owner || reason === reasons.transaction ? { summary: word } : undefined
}

function data(word: string, node: SqlNode): Disposition {
  const target = relationName(node.relation)
  return { run: false, word, reason: reasons.data, summary: target === null ? word : `${word} ${target}` }
}

function setting(node: SqlNode): Disposition {
  const name = typeof node.name === 'string' ? node.name : ''
  if (meaningful.has(name) && node.is_local !== true) return run
  const role = name === 'role' || name === 'session_authorization'
  return { run: false, word: 'SET', reason: role ? reasons.role : reasons.setting, summary: 'SET' }
}

function onlyOwner(node: SqlNode): boolean {
  const commands = list(node.cmds)
  return (
    commands.length > 0 &&
    commands.every((command) => inner(command, 'AlterTableCmd')?.subtype === 'AT_ChangeOwner')
  )
}

/** A query changes nothing, unless it is there to call functions; setval moves a counter, which is data. */
function onlyReads(node: SqlNode): boolean {
  if (node.intoClause !== undefined) return false
  if (node.fromClause !== undefined || node.withClause !== undefined) return true
  const calls: string[] = []
  collectCalls(node, calls)
  return calls.every((name) => name === 'setval')
}

function collectCalls(value: unknown, into: string[]): void {
  if (Array.isArray(value)) for (const item of value) collectCalls(item, into)
  else if (isNode(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (key === 'FuncCall' && isNode(item)) into.push(lastName(item.funcname))
      collectCalls(item, into)
    }
  }
}

function lastName(names: unknown): string {
  const last = list(names).at(-1)
  const text = inner(last, 'String')?.sval
  return typeof text === 'string' ? text : ''
}

function relationName(relation: unknown): string | null {
  if (!isNode(relation)) return null
  const { schemaname, relname } = relation
  if (typeof relname !== 'string') return null
  return typeof schemaname === 'string' ? `${schemaname}.${relname}` : relname
}

function inner(value: unknown, type: string): SqlNode | undefined {
  const node = isNode(value) ? value[type] : undefined
  return isNode(node) ? node : undefined
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function isNode(value: unknown): value is SqlNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
