import { isMainThread, workerData } from 'node:worker_threads'
import type { DatabaseApi } from '../database/api.ts'
import { openDatabase } from '../database/node-database.ts'
import { serveThread, threadMigrator, threadSequelizercs } from '../database/thread-migrator.ts'
import { runDdl } from './ddl.ts'
import { runDiff } from './diff.ts'
import { Exit, exitCodes } from './exit-codes.ts'
import { runExport } from './export.ts'
import { runImport } from './import.ts'
import { runLint } from './lint.ts'
import { runMigrate } from './migrate.ts'
import { runModels } from './models.ts'
import { runOpen } from './open.ts'
import { type CommandName, helpText, type Invocation, parseArguments, UsageError } from './options.ts'
import { runProve } from './prove.ts'
import type { Terminal } from './terminal.ts'

type Run = (invocation: Invocation, database: DatabaseApi, terminal: Terminal) => Promise<number>

const commands: Readonly<Record<CommandName, Run>> = {
  import: runImport,
  ddl: runDdl,
  diff: runDiff,
  export: runExport,
  lint: runLint,
  migrate: runMigrate,
  models: runModels,
  open: runOpen,
  prove: runProve,
}

const terminal: Terminal = {
  out: (text) => process.stdout.write(text),
  note: (line) => process.stderr.write(`${line}\n`),
}

async function main(args: readonly string[]): Promise<number> {
  const invocation = parseArguments(args)
  if ('help' in invocation) {
    terminal.out(helpText(invocation.help))
    return exitCodes.done
  }
  const program = new URL(import.meta.url)
  const database = await openDatabase({
    openFolderMigrator: threadMigrator(program),
    runSequelizercs: threadSequelizercs(program),
  })
  try {
    return await commands[invocation.command](invocation, database, terminal)
  } finally {
    await database.close()
  }
}

/** Says what went wrong in one line where a person can act on it, with the stack where only we can. */
function report(error: unknown): number {
  if (error instanceof UsageError) {
    terminal.note(`${error.message}\n\n${helpText(error.command)}`)
    return exitCodes.usage
  }
  if (error instanceof Exit) {
    terminal.note(error.message)
    return error.code
  }
  terminal.note(`A bug in Relata: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  return exitCodes.bug
}

// The program is its own thread for a folder's migrations, so that the build is one file to start.
if (isMainThread) process.exitCode = await main(process.argv.slice(2)).catch(report)
else serveThread(workerData)
