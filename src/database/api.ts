import type { ImportSource } from '../core/import/source-format.ts'
import type { LockTrace } from '../core/migration/lock-trace.ts'
import type { Plan } from '../core/migration/plan.ts'
import type { PlanChoices } from '../core/migration/plan-migration.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { ObjectBase, ObjectId } from '../core/model/object.ts'
import type { Problem } from '../core/model/problem.ts'
import type { SequelizercRuns } from '../core/sequelize/folder/read-sequelizerc.ts'
import type { ModelComparison } from '../core/sequelize/models/drift-between.ts'
import type { ModelFacts, ModelReading } from '../core/sequelize/models/model-facts.ts'
import type { PhaseCompatibility } from './compatibility.ts'
import type { ModelsRequest } from './model-reading.ts'
import type { Replay, ReplayRequest } from './replay/replay.ts'
import type { SequelizercRequest } from './sequelize-runner/run-sequelizerc.ts'

/** What PostgreSQL says of an error; every field of the protocol's ErrorResponse (docs 54.8) that it sent. */
export interface PgErrorFields {
  readonly message: string
  readonly severity: string
  readonly code: string
  readonly detail?: string
  readonly hint?: string
  /** 1-based code point offset into the statement. */
  readonly position?: number
  readonly internalPosition?: number
  readonly internalQuery?: string
  readonly where?: string
  readonly schema?: string
  readonly table?: string
  readonly column?: string
  readonly dataType?: string
  readonly constraint?: string
  readonly routine?: string
}

export interface EngineInfo {
  /** "18.6" */
  readonly version: string
  readonly extensions: readonly string[]
  readonly bootMilliseconds: number
}

export interface Progress {
  readonly done: number
  readonly total: number
  /** "Running statements", "Reading the catalogue". */
  readonly phase: string
}

/** The state of the shadow after an edit. */
export interface ShadowReport {
  /** Everything PostgreSQL refuses at present, and what is blocked by it. Complete, not only what is new. */
  readonly problems: readonly Problem[]
  /** Objects touched by this edit as PostgreSQL prints them, with the ids of the document. */
  readonly canonical: ReadonlyMap<ObjectId, ObjectBase>
  /** What the catalogue holds otherwise than drawn: an effect of another object, or our bug. */
  readonly differences: readonly Difference[]
  readonly milliseconds: number
  /** True when the shadow was built from nothing (first use, crash, cancel). */
  readonly rebuilt: boolean
}

export interface ImportedObject {
  readonly kind: string
  /** Qualified name. */
  readonly name: string
  readonly outcome: 'kept' | 'verbatim' | 'skipped' | 'refused'
  /** Why, unless kept. */
  readonly reason?: string
  /** The statement, for verbatim, skipped and refused. */
  readonly sql?: string
  /** 1-based line in the source. */
  readonly line?: number
  readonly problem?: Problem
}

export interface ImportReport {
  readonly objects: readonly ImportedObject[]
  readonly statements: number
  readonly milliseconds: number
}

export interface ImportResult {
  readonly document: SchemaDocument
  /** Data of INSERT and COPY is not kept, and counted here. */
  readonly report: ImportReport
}

export interface QueryField {
  readonly name: string
  /** Type name as format_type prints it. */
  readonly type: string
}

export interface QueryResult {
  /** "SELECT 3" */
  readonly command: string
  readonly fields: readonly QueryField[]
  /** Values as PostgreSQL's text; null is SQL null. At most `maxRows` of them. */
  readonly rows: readonly (readonly (string | null)[])[]
  readonly rowCount: number
  readonly truncated: boolean
  readonly milliseconds: number
}

export interface QueryOutcome {
  readonly results: readonly QueryResult[]
  /** What PostgreSQL said beside the results, and what was taken back: shown under them. */
  readonly notices: readonly string[]
  /** The error that ended the run; its position is relative to the whole text. */
  readonly problem?: Problem
}

/** A document as written and as PostgreSQL prints it, under the same ids. */
export interface CanonicalSchema {
  readonly written: SchemaDocument
  readonly canonical: SchemaDocument
  /** Facts in the catalogue that no object carries: `identity` → its definition. Compared by proofs. */
  readonly unmodelled: ReadonlyMap<string, string>
}

export interface ProofPhase {
  readonly name: 'up' | 'down' | 'up again' | 'whole folder'
  readonly milliseconds: number
  /** Empty: the catalogue equals what it should be. */
  readonly differences: readonly Difference[]
  readonly problem?: Problem
}

export interface Difference {
  /** "table public.contacts · column full_name" */
  readonly object: string
  readonly field?: string
  readonly expected: string | null
  readonly found: string | null
}

/** The recorded result of running a migration up, down and up again. */
export interface Proof {
  readonly passed: boolean
  readonly form: 'sql' | 'sequelize'
  readonly postgres: string
  readonly sequelize?: string
  readonly phases: readonly ProofPhase[]
  readonly rowsBefore: number
  readonly rowsKept: number
  /** Made-up rows stopped it in this phase, so that it was proved on empty tables: real rows may stop it too. */
  readonly stoppedByRows?: ProofPhase
  /** Columns and tables whose rows `down` cannot bring back. */
  readonly lostByDown: readonly string[]
  /** Statements as the server received them. */
  readonly statements: readonly string[]
  /** What the plan's statements lock, and for how long on thousands of rows; absent where the proof did not pass. */
  readonly locks?: LockTrace
  /** All services of the folder from nothing with the files in their place, where some run behind them. */
  readonly inFolder?: ProofPhaseInFolder
  /** Of a zero-downtime plan: what old and new code can do after each phase. */
  readonly compatibility?: readonly PhaseCompatibility[]
}

export interface ProofPhaseInFolder extends ProofPhase {
  /** Paths of earlier migrations that were only downloaded: they ran as if they were in the folder. */
  readonly downloaded: readonly string[]
}

export interface ProofRequest {
  readonly from: SchemaDocument
  readonly to: SchemaDocument
  readonly plan: Plan
  /** The migration files' texts, in the order in which they run; absent: the SQL form is proved. */
  readonly sources?: readonly string[]
  /** Their names, by whose extensions they are read; absent: CommonJS. */
  readonly fileNames?: readonly string[]
  /** INSERT statements; absent: rows are generated. */
  readonly rows?: string
  /** Rows that tables are filled with while locks are measured. Default 3000. */
  readonly fill?: number
}

/** Options that every long call takes. */
export interface CallOptions {
  readonly onProgress?: (progress: Progress) => void
  /** Ends the worker; the call rejects with an AbortError. */
  readonly signal?: AbortSignal
}

export interface PlanCallOptions extends CallOptions {
  readonly choices?: PlanChoices
}

/**
 * PostgreSQL in the page, in a worker or in process. Errors that a person can cause are values inside results; a
 * call rejects only for bugs, cancelled calls (AbortError) and an engine that cannot start.
 */
export interface DatabaseApi {
  boot(options?: CallOptions): Promise<EngineInfo>
  /** Makes the shadow equal to the document as far as PostgreSQL lets it. Concurrent calls: the newest wins. */
  validate(document: SchemaDocument, options?: CallOptions): Promise<ShadowReport>
  /** Builds the document in a fresh database and reads it back, twice where PostgreSQL rewrites expressions. */
  canonicalize(document: SchemaDocument, options?: CallOptions): Promise<CanonicalSchema>
  /** Rebuilds from nothing and compares with the shadow; any difference is our bug. */
  verifyShadow(document: SchemaDocument, options?: CallOptions): Promise<readonly Difference[]>
  importSql(sql: string, options?: CallOptions): Promise<ImportResult>
  /** The same of SQL, a catalogue, DBML or a Prisma schema, whichever it is. */
  importSource(source: ImportSource, options?: CallOptions): Promise<ImportResult>
  /** Runs statements on the shadow, as a person types them. */
  query(sql: string, options?: CallOptions & { readonly maxRows?: number }): Promise<QueryOutcome>
  /** Plans against canonical forms of both schemas, and tries the plan on an empty database: refused there, refused here. */
  plan(from: SchemaDocument, to: SchemaDocument, options?: PlanCallOptions): Promise<Plan>
  prove(request: ProofRequest, options?: CallOptions): Promise<Proof>
  /** Runs the migrations of a folder from nothing, in a sandbox, and reads back what they built. */
  replay(request: ReplayRequest, options?: CallOptions): Promise<Replay>
  /** What every `.sequelizerc` of a folder says, run in a sandbox. */
  runSequelizercs(request: SequelizercRequest, options?: CallOptions): Promise<SequelizercRuns>
  /** What the models of a folder are, in a sandbox. */
  readModels(request: ModelsRequest, options?: CallOptions): Promise<ModelReading>
  /** Where models and the schema differ, by what PostgreSQL makes of both in one fresh database. */
  compareModels(
    document: SchemaDocument,
    models: readonly ModelFacts[],
    options?: CallOptions,
  ): Promise<ModelComparison>
  close(): Promise<void>
}
