import { isRole } from '../core/kinds/role/role.kind.ts'
import { tablespaceOf } from '../core/kinds/storage.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import {
  openScratchServer,
  type ScratchReport,
  type ScratchServer,
} from '../database/server/scratch-server.ts'
import { loadSqlParser } from '../database/sql-parser.ts'
import { Exit, exitCodes } from './exit-codes.ts'
import { type Invocation, textOption } from './options.ts'
import { targetOf } from './plan-choices.ts'
import { count, type Terminal } from './terminal.ts'

/** The server that the arguments name, or null. Ends the command where it cannot be used. */
export async function serverOf(invocation: Invocation): Promise<ScratchServer | null> {
  const address = textOption(invocation, 'server')
  if (address === null) return null
  const server = await openScratchServer(address, await loadSqlParser())
  if ('reason' in server) throw new Exit(exitCodes.unavailable, server.reason)
  const target = targetOf(invocation)
  if (target === null || target <= server.major) return server
  await server.close()
  throw new Exit(
    exitCodes.unavailable,
    `${server.place} is PostgreSQL ${server.version}, older than the target ${target}: give a newer server or --target ${server.major}.`,
  )
}

/** Drops what was made on the server when a person stops the program, and ends it then. */
export function dropOnSignals(server: ScratchServer, terminal: Terminal): () => void {
  // 128 and the signal's number, as shells have it.
  const codes = { SIGINT: 130, SIGTERM: 143 }
  const onSignal = (signal: NodeJS.Signals) => {
    terminal.note(`Stopped; dropping what was made on ${server.place} …`)
    void server.close().then((report) => {
      for (const line of serverLines(server, report)) terminal.note(line)
      process.exit(signal === 'SIGTERM' ? codes.SIGTERM : codes.SIGINT)
    })
  }
  const signals = ['SIGINT', 'SIGTERM'] as const
  for (const signal of signals) process.on(signal, onSignal)
  return () => {
    for (const signal of signals) process.off(signal, onSignal)
  }
}

/** Roles of the schemas that the server had before: it was not looked at whether they are as drawn. */
export function rolesUsed(server: ScratchServer, ...documents: readonly SchemaDocument[]): readonly string[] {
  const names = documents.flatMap(({ objects }) =>
    [...objects.values()].filter(isRole).map(({ name }) => name),
  )
  return [...new Set(names)].filter((name) => server.roles.has(name)).sort()
}

/** Ends the command where a schema needs a tablespace that is not there: it is a place on the server's disks. */
export function needTablespaces(server: ScratchServer, ...documents: readonly SchemaDocument[]): void {
  const named = documents.flatMap(({ objects }) => [...objects.values()].flatMap(tablespaceOf))
  const missing = [...new Set(named)].filter((name) => !server.tablespaces.has(name)).sort()
  if (missing.length === 0) return
  throw new Exit(
    exitCodes.unavailable,
    `${server.place} lacks ${count(missing.length, 'tablespace')} of the schema, which nothing makes there: ${missing.join(', ')}. Make it first (CREATE TABLESPACE), or prove without --server.`,
  )
}

/** What was done to the server. */
export function serverLines(
  server: ScratchServer,
  { databases, droppedRoles, left }: ScratchReport,
  used: readonly string[] = [],
): readonly string[] {
  return [
    `${server.place}: ${count(databases, 'database')} made${left.length === 0 ? ' and dropped' : ''}`,
    ...(droppedRoles.length > 0 ? [`  roles made and dropped: ${droppedRoles.join(', ')}`] : []),
    ...(used.length > 0 ? [`  roles that the server has, used as they are there: ${used.join(', ')}`] : []),
    ...left.map((sql) => `  could not be dropped: ${sql}`),
  ]
}
