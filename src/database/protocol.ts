import type { ImportSource } from '../core/import/source-format.ts'
import type { PlanChoices } from '../core/migration/plan-migration.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { SequelizercRuns } from '../core/sequelize/folder/read-sequelizerc.ts'
import type { ModelComparison } from '../core/sequelize/models/drift-between.ts'
import type { ModelFacts, ModelReading } from '../core/sequelize/models/model-facts.ts'
import type {
  CanonicalSchema,
  Difference,
  EngineInfo,
  ImportResult,
  Progress,
  Proof,
  ProofRequest,
  QueryOutcome,
  ShadowReport,
} from './api.ts'
import type { DocumentEdits } from './document-edits.ts'
import type { ExtensionEntry } from './engine-assets.ts'
import type { SettledPlan, ShadowContent, Unsettled } from './in-process.ts'
import type { ModelsRequest } from './model-reading.ts'
import type { Attempt, BreakingFile } from './replay/attempt.ts'
import type { ReplayRequest } from './replay/replay.ts'
import type { PortableError } from './sandbox-protocol.ts'
import type { SequelizercRequest } from './sequelize-runner/run-sequelizerc.ts'

/** What each call to the worker takes and gives. */
export interface Calls {
  boot: { readonly input: null; readonly output: EngineInfo }
  validate: { readonly input: DocumentEdits; readonly output: ShadowReport }
  query: {
    readonly input: { readonly sql: string; readonly maxRows?: number }
    readonly output: QueryOutcome
  }
  readShadow: { readonly input: DocumentEdits; readonly output: ShadowContent }
  verify: {
    readonly input: { readonly document: SchemaDocument; readonly shadow: ShadowContent }
    readonly output: readonly Difference[]
  }
  canonicalize: { readonly input: SchemaDocument; readonly output: Omit<CanonicalSchema, 'written'> }
  plan: {
    readonly input: { readonly from: Unsettled; readonly to: Unsettled; readonly choices?: PlanChoices }
    readonly output: SettledPlan
  }
  importSql: { readonly input: string; readonly output: ImportResult }
  importSource: { readonly input: ImportSource; readonly output: ImportResult }
  /** The port leads to the sandbox in which Sequelize runs; absent for the SQL form. */
  prove: {
    readonly input: { readonly request: ProofRequest; readonly sandbox?: MessagePort }
    readonly output: Proof
  }
  runSequelizercs: {
    readonly input: { readonly request: SequelizercRequest; readonly sandbox: MessagePort }
    readonly output: SequelizercRuns
  }
  readModels: {
    readonly input: { readonly request: ModelsRequest; readonly sandbox: MessagePort }
    readonly output: ModelReading
  }
  compareModels: {
    readonly input: { readonly document: SchemaDocument; readonly models: readonly ModelFacts[] }
    readonly output: ModelComparison
  }
  /** One attempt, in the sandbox to which the port leads. */
  replay: {
    readonly input: {
      readonly request: ReplayRequest
      readonly breaking: readonly BreakingFile[]
      readonly sandbox: MessagePort
    }
    readonly output: Attempt
  }
}

export type CallName = keyof Calls

/** The first message to a worker. */
export interface Hello {
  /** The address of the folder `engine`. */
  readonly base: string
  /** Loaded by another worker; absent: this one fetches them and passes them on. */
  readonly assets?: PortableAssets
}

/** Engine assets that postMessage can copy: blobs and compiled modules travel by reference. */
export interface PortableAssets {
  readonly wasm: WebAssembly.Module
  readonly files: Blob
  readonly cluster: Blob
  readonly extensions: Readonly<Record<string, ExtensionEntry>>
}

export type ToWorker =
  | { readonly hello: Hello }
  | { readonly id: number; readonly name: CallName; readonly input: unknown }

export type FromWorker =
  | { readonly assets: PortableAssets }
  | { readonly id: number; readonly progress: Progress }
  /** A piece of the output to come, in order. */
  | { readonly id: number; readonly part: readonly unknown[] }
  | { readonly id: number; readonly output: unknown }
  | { readonly id: number; readonly failure: PortableError }
