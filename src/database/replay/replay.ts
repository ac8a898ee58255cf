import type { SchemaDocument } from '../../core/model/document.ts'
import type { Patch } from '../../core/model/patch.ts'
import type { Problem } from '../../core/model/problem.ts'
import type { Service } from '../../core/sequelize/folder/find-services.ts'
import type { FolderFiles } from '../../core/sequelize/folder/folder-files.ts'
import type { SourcePlace } from '../../core/sequelize/folder/source-place.ts'
import type { SeedRows } from '../../core/sequelize/seed-files/seed-rows.ts'
import type { SeedStep } from '../../core/sequelize/seed-files/seed-step.ts'
import type { ImportReport } from '../api.ts'
import type { SentStatement } from '../sequelize-runner/shared-session.ts'

/** What is run of a service. */
export type ReplayedService = Pick<Service, 'name' | 'root' | 'migrations' | 'configFile'>

/** Which migrations run on an empty database, and what happens where one fails. */
export interface ReplayRequest {
  readonly files: FolderFiles
  /** One after the other on the same database. */
  readonly services: readonly ReplayedService[]
  /** SQL that runs before the first migration: what somebody else made. Its rows are left out. */
  readonly base?: string
  /** `process.env`. `NODE_ENV` is `development` unless it says otherwise. */
  readonly environment?: Readonly<Record<string, string>>
  /** The absolute path that the files see for the folder. Default `/project`. */
  readonly root?: string
  /** Whether the files after a failed one run, on what it left behind, as if it had been marked as done. */
  readonly onFailure: 'stop' | 'go-on'
  /** Files after whose failure the others run in any case. */
  readonly goOnAfter?: readonly string[]
  /** Files that do not run at all. */
  readonly without?: readonly string[]
  /** Every `down` afterwards, from the last that ran to the first. */
  readonly undo?: boolean
  /** Seeds that run when all migrations have. */
  readonly seeds?: SeedsRequest
  /** For one file. Default 40 s. */
  readonly timeLimitMilliseconds?: number
}

/** The seeds of one service, which go on whatever fails among them. */
export interface SeedsRequest {
  readonly service: Pick<Service, 'name' | 'root' | 'configFile'>
  readonly steps: readonly SeedStep[]
  /** Whether they are undone afterwards, from the last to the first, and run again. */
  readonly again: boolean
}

/** Why a migration did not run to its end. */
export interface MigrationFailure {
  /** What PostgreSQL or the file said, with the statement where there was one. */
  readonly problem: Problem
  /** The line that led to it. */
  readonly place?: SourcePlace
  /** Whether it would fail on a server too, as far as that can be known. */
  readonly fault: 'migration' | 'relata' | 'unknown'
}

/** What became of one migration. */
export interface ReplayedMigration {
  readonly path: string
  /** The name under which it is noted as done. */
  readonly name: string
  readonly service: string
  readonly outcome:
    | 'ran'
    /** What it made before it failed is still there: see `changes`. */
    | 'failed'
    /** Left out by a person's choice. */
    | 'left-out'
    /** Noted as done before it could run: an earlier service has a file of that name. */
    | 'noted-before'
    /** Behind a failure at which the replay stopped. */
    | 'not-reached'
  readonly milliseconds: number
  readonly statements: readonly SentStatement[]
  /** What it changed in the schema. */
  readonly changes: Patch
  readonly failure?: MigrationFailure
}

/** An extension that a migration asked for and this PostgreSQL lacks: it was passed over. */
export interface MissingExtension {
  readonly name: string
  readonly path: string
  readonly line?: number
}

/** The result of running a folder's migrations from nothing. */
export interface Replay {
  /** What they built, without the table in which their names are kept. */
  readonly document: SchemaDocument
  /** The schema before the first of them: from here, their changes lead on. */
  readonly start: SchemaDocument
  /** In the order in which they run. */
  readonly migrations: readonly ReplayedMigration[]
  /** What became of the base's statements. */
  readonly base?: ImportReport
  readonly missingExtensions: readonly MissingExtension[]
  /** What else a person should know: a config that could not be loaded, objects that cannot be kept. */
  readonly problems: readonly Problem[]
  readonly undo?: UndoneReplay
  readonly seeds?: SeedsRun
  /** Files of the folder that were read for it, sorted: those that the migrations require, their configs. */
  readonly read: readonly string[]
  /** "18.6" */
  readonly postgres: string
  /** "6.37.8" */
  readonly sequelize: string
  readonly milliseconds: number
}

/** What all `down` together left. */
export interface UndoneReplay {
  readonly document: SchemaDocument
  /** In the order in which they ran. */
  readonly migrations: readonly ReplayedMigration[]
}

/** What became of a folder's seeds. */
export interface SeedsRun {
  readonly runs: readonly SeedRun[]
  /** Rows that were made up for tables, in the order in which they were asked for. */
  readonly filled: readonly SeedRows[]
}

/** One file of seeds, run once. */
export interface SeedRun {
  readonly path: string
  readonly phase: 'up' | 'down' | 'up again'
  /** How many rows more all tables together have since. */
  readonly rows: number
  readonly failure?: MigrationFailure
}
