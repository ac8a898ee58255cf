import type { ImportSource } from '../core/import/source-format.ts'
import type { Plan } from '../core/migration/plan.ts'
import type { SettledSchema } from '../core/migration/plan-migration.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { ObjectId } from '../core/model/object.ts'
import type { ParseSql } from '../core/sql/split.ts'
import type {
  CallOptions,
  DatabaseApi,
  Difference,
  EngineInfo,
  ImportResult,
  PlanCallOptions,
} from './api.ts'
import { buildAndRead, canonicalize, settle } from './canonical.ts'
import { differencesBetween } from './catalog-snapshot.ts'
import { compareModels } from './compare-models.ts'
import type { OpenEngine } from './engine.ts'
import type { OpenMigrator } from './migrator.ts'
import { readFolderModels } from './model-reading.ts'
import { prove } from './proof.ts'
import { type Attempt, attemptReplay, type BreakingFile } from './replay/attempt.ts'
import type { ReplayRequest } from './replay/replay.ts'
import { replayRetried } from './replay/retried.ts'
import type { RunSequelizercs } from './sequelize-runner/run-sequelizerc.ts'
import { ShadowKeeper } from './shadow-keeper.ts'
import { planTried } from './tried-plan.ts'

/** What differs between Node, a worker and a test. */
interface DatabaseParts extends FolderParts {
  readonly open: OpenEngine
  readonly parse: () => Promise<ParseSql>
  /** Makes the ids of what is read from a source. */
  readonly newIds: (source: string) => () => ObjectId
  readonly importSource: (
    open: OpenEngine,
    parse: ParseSql,
    source: ImportSource,
    options: CallOptions,
  ) => Promise<ImportResult>
  /** Runs Sequelize migrations: on Node in place, in the page in a sandbox. */
  readonly openMigrator: OpenMigrator
}

/** How the files of a person's folder run. */
export interface FolderParts {
  /** What is closed with it ends whatever a file still does. */
  readonly openFolderMigrator: OpenMigrator
  readonly runSequelizercs: RunSequelizercs
}

/** What a worker offers beyond the API: the shadow's content, for a comparison made elsewhere. */
export interface InProcessDatabase extends DatabaseApi {
  /** Everything the shadow holds as PostgreSQL prints it, and the ids of what it refuses. */
  readShadow(document: SchemaDocument): Promise<ShadowContent>
  /** The same of a database built from nothing. */
  readFresh(document: SchemaDocument, options?: CallOptions): Promise<ShadowContent>
  /** One attempt of `replay`. */
  attemptReplay(
    request: ReplayRequest,
    breaking: readonly BreakingFile[],
    options?: CallOptions,
  ): Promise<Attempt>
  planSettled(from: Unsettled, to: Unsettled, options?: PlanCallOptions): Promise<SettledPlan>
}

/** A schema whose canonical form may be known from before. */
export interface Unsettled {
  readonly written: SchemaDocument
  readonly canonical?: SchemaDocument
}

/** A plan and the canonical forms it rests on, which later plans can use. */
export interface SettledPlan {
  readonly plan: Plan
  readonly from: SchemaDocument
  readonly to: SchemaDocument
}

async function settledSchema(
  open: OpenEngine,
  { written, canonical }: Unsettled,
  options: CallOptions,
): Promise<SettledSchema> {
  return canonical ? { written, canonical } : settle(open, written, options)
}

export interface ShadowContent {
  readonly document: SchemaDocument
  /** Sorted ids of objects that are refused or blocked. */
  readonly refused: readonly string[]
}

/** The whole API on engines that `open` gives, without a worker. */
export function createDatabase(parts: DatabaseParts): InProcessDatabase {
  const { open, parse } = parts
  const keeper = new ShadowKeeper(open, parse)

  const boot = async (): Promise<EngineInfo> => {
    const started = performance.now()
    const { version, extensions } = await keeper.start()
    return { version, extensions, bootMilliseconds: performance.now() - started }
  }

  const readShadow = async (document: SchemaDocument): Promise<ShadowContent> => {
    const { objects, problems } = await keeper.read(document)
    return { document: { objects, diagram: new Map() }, refused: refusedIds(problems) }
  }

  const readFresh = async (document: SchemaDocument, options: CallOptions = {}): Promise<ShadowContent> => {
    const { engine, printed, problems } = await buildAndRead(open, document, options)
    await engine.close()
    return { document: { objects: printed, diagram: new Map() }, refused: refusedIds(problems) }
  }

  const planSettled = async (
    from: Unsettled,
    to: Unsettled,
    options: PlanCallOptions = {},
  ): Promise<SettledPlan> => {
    const start = await settledSchema(open, from, options)
    const end = await settledSchema(open, to, options)
    const plan = await planTried(open, start, end, options.choices, options)
    return { plan, from: start.canonical, to: end.canonical }
  }

  const attempt: InProcessDatabase['attemptReplay'] = async (request, breaking, options = {}) => {
    const newId = parts.newIds([...request.files.keys()].join('\n'))
    const tools = { open, openMigrator: parts.openFolderMigrator, parse: await parse(), newId }
    return attemptReplay(request, breaking, tools, options)
  }

  const importSource = async (source: ImportSource, options: CallOptions = {}): Promise<ImportResult> =>
    parts.importSource(open, await parse(), source, options)

  return {
    boot,
    validate: (document, options) => keeper.validate(document, options),
    canonicalize: (document, options) => canonicalize(open, document, options),
    verifyShadow: async (document, options) =>
      compareContents(await readFresh(document, options), await readShadow(document)),
    importSql: (text, options) => importSource({ name: 'source.sql', text }, options),
    importSource,
    query: (sql, options) => keeper.query(sql, options),
    plan: async (from, to, options) => (await planSettled({ written: from }, { written: to }, options)).plan,
    planSettled,
    prove: (request, options = {}) =>
      prove(request, { openEngine: open, openMigrator: parts.openMigrator }, options),
    replay: (request, options) => replayRetried((breaking) => attempt(request, breaking, options)),
    attemptReplay: attempt,
    runSequelizercs: (request) => parts.runSequelizercs(request),
    readModels: (request) => readFolderModels(parts.openFolderMigrator, request),
    compareModels: (document, models, options) => compareModels(open, document, models, options),
    readShadow,
    readFresh,
    close: () => keeper.close(),
  }
}

function refusedIds(problems: readonly { readonly object?: string }[]): readonly string[] {
  return problems.flatMap(({ object }) => (object === undefined ? [] : [object])).sort()
}

/** Where the shadow is not what a database built from nothing is. */
export function compareContents(fresh: ShadowContent, shadow: ShadowContent): readonly Difference[] {
  const facts = new Map<string, string>()
  const differences = differencesBetween(
    { document: fresh.document, facts },
    { document: shadow.document, facts },
  )
  if (fresh.refused.join() === shadow.refused.join()) return differences
  return [
    ...differences,
    { object: 'refused objects', expected: fresh.refused.join(', '), found: shadow.refused.join(', ') },
  ]
}
