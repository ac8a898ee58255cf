import wasmUrl from 'libpg-query/wasm/libpg-query.wasm?url'
import type { SchemaDocument } from '../core/model/document.ts'
import type { ParseSql } from '../core/sql/split.ts'
import type { Progress } from './api.ts'
import { readAssets } from './browser-assets.ts'
import { withEdits } from './document-edits.ts'
import { type EngineAssets, loadAssets, withExtensions } from './engine-assets.ts'
import { importSource } from './import-source.ts'
import { compareContents, createDatabase, type InProcessDatabase } from './in-process.ts'
import { sendInParts } from './parts.ts'
import { openPglite } from './pglite-engine.ts'
import type { CallName, Calls, FromWorker, Hello, ToWorker } from './protocol.ts'
import { sandboxMigrator } from './sandbox-migrator.ts'
import { portableError } from './sandbox-protocol.ts'
import { runSequelizercsInSandbox } from './sandbox-sequelizerc.ts'
import { loadSqlParser } from './sql-parser.ts'

/** PostgreSQL in a worker of the page: one database, called by message. */

type Handlers = {
  readonly [Name in CallName]: (
    input: Calls[Name]['input'],
    onProgress: (progress: Progress) => void,
  ) => Promise<Calls[Name]['output']>
}

let handlers: Promise<Handlers> | null = null

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if ('hello' in data) handlers = start(data.hello)
  else void answer(data.id, data.name, data.input)
}

/** Calls whose answers may be long, and hold nothing twice. */
const inParts: ReadonlySet<CallName> = new Set<CallName>(['validate', 'importSql', 'importSource'])

function send(message: FromWorker): void {
  self.postMessage(message)
}

async function answer(id: number, name: CallName, input: unknown): Promise<void> {
  try {
    if (!handlers) throw new Error('The worker was not told where the engine is')
    // Names and inputs come in pairs from client.ts, whose calls are typed by the same table.
    const handler = (await handlers)[name] as (
      input: unknown,
      onProgress: (progress: Progress) => void,
    ) => Promise<unknown>
    const output = await handler(input, (progress) => send({ id, progress }))
    const isLong = inParts.has(name)
    send({ id, output: isLong ? sendInParts(output, (part) => send({ id, part })) : output })
  } catch (error) {
    send({ id, failure: portableError(error) })
  }
}

async function start({ base, assets }: Hello): Promise<Handlers> {
  const read = readAssets(base)
  const engine = assets ? withExtensions(assets, read) : await loadAssets(read)
  if (!assets) {
    const { wasm, files, cluster, extensions } = engine
    send({ assets: { wasm, files, cluster, extensions } })
  }
  return handlersOf(engine, base)
}

function handlersOf(assets: EngineAssets, base: string): Handlers {
  let parser: Promise<ParseSql> | null = null
  let sandbox: MessagePort | null = null
  let drawn: SchemaDocument['objects'] = new Map()
  const given = () => {
    if (!sandbox) throw new Error('No sandbox was given for the files')
    return sandbox
  }
  const openMigrator = () => sandboxMigrator(given(), readAssets(base))()
  const database: InProcessDatabase = createDatabase({
    open: () => openPglite(assets),
    parse: () => {
      parser ??= loadSqlParser(wasmUrl)
      return parser
    },
    importSource: (open, parse, source, options) => importSource(source, open, parse, options),
    newIds: () => () => crypto.randomUUID(),
    openMigrator,
    openFolderMigrator: openMigrator,
    runSequelizercs: async (request) => runSequelizercsInSandbox(given(), request),
  })
  const follow = (edits: Calls['validate']['input']) => {
    const document = withEdits(drawn, edits)
    drawn = document.objects
    return document
  }
  return {
    boot: () => database.boot(),
    validate: (edits, onProgress) => database.validate(follow(edits), { onProgress }),
    query: ({ sql, maxRows }) => database.query(sql, maxRows === undefined ? {} : { maxRows }),
    readShadow: (edits) => database.readShadow(follow(edits)),
    verify: async ({ document, shadow }, onProgress) =>
      compareContents(await database.readFresh(document, { onProgress }), shadow),
    canonicalize: async (document, onProgress) => {
      const { canonical, unmodelled } = await database.canonicalize(document, { onProgress })
      return { canonical, unmodelled }
    },
    plan: ({ from, to, choices = {} }, onProgress) => database.planSettled(from, to, { onProgress, choices }),
    importSql: (sql, onProgress) => database.importSql(sql, { onProgress }),
    importSource: (source, onProgress) => database.importSource(source, { onProgress }),
    prove: ({ request, sandbox: port }, onProgress) => {
      sandbox = port ?? null
      return database.prove(request, { onProgress })
    },
    runSequelizercs: ({ request, sandbox: port }) => {
      sandbox = port
      return database.runSequelizercs(request)
    },
    readModels: ({ request, sandbox: port }) => {
      sandbox = port
      return database.readModels(request)
    },
    compareModels: ({ document, models }, onProgress) =>
      database.compareModels(document, models, { onProgress }),
    replay: ({ request, breaking, sandbox: port }, onProgress) => {
      sandbox = port
      return database.attemptReplay(request, breaking, { onProgress })
    },
  }
}
