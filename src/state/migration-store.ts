import { emptyPlan, type Plan } from '../core/migration/plan.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { Problem } from '../core/model/problem.ts'
import type { MigrationSettings } from '../core/project/migration-settings.ts'
import type { ExportedMigration } from '../core/project/project.ts'
import { exportHeader } from '../core/sequelize/export-header.ts'
import { type MigrationFile, pathOfFile } from '../core/sequelize/migration-file.ts'
import { proposeTitle } from '../core/sequelize/migration-title.ts'
import { writeFiles } from '../core/sequelize/write-files.ts'
import { type CallOptions, database } from './database.ts'
import { documentStore } from './document-store.ts'
import { inFolderStyle, targetFolder } from './folder-writer.ts'
import { linkedFolderStore } from './linked-folder-store.ts'
import { type Compared, comparedEnds, type Ends } from './migration-ends.ts'
import { nameMigration, selectedChanges } from './migration-settings.ts'
import { type MigrationState, migrationStore } from './migration-state.ts'
import { projectStore, replacedNames } from './project-store.ts'
import { provedInFolder } from './proof-in-folder.ts'

/** Milliseconds of rest after an edit before it is planned. */
const rest = 250

let watchers = 0
let timer: ReturnType<typeof setTimeout> | undefined
let planRun: AbortController | null = null
let proofRun: AbortController | null = null
let stopListening: (() => void) | null = null
/** What was last planned for, so that saving and other news of the project plan nothing. */
let asked: Asked | null = null

interface Asked extends Omit<MigrationSettings, 'format' | 'title' | 'left'> {
  readonly from: SchemaDocument['objects']
  readonly to: SchemaDocument['objects']
}

/** Keeps the plan up to date for as long as somebody looks. Returns the way out. */
export function watchMigration(): () => void {
  watchers += 1
  if (watchers === 1) {
    const stops = [
      documentStore.subscribe(schedule),
      projectStore.subscribe(schedule),
      linkedFolderStore.subscribe((now, before) => {
        if (now.kept === before.kept || migrationStore.getState().status !== 'ready') return
        restyle(now.kept?.target === before.kept?.target)
      }),
    ]
    stopListening = () => {
      for (const stop of stops) stop()
    }
    if (migrationStore.getState().status === 'failed') asked = null
    schedule(0)
  }
  return () => {
    watchers -= 1
    if (watchers > 0) return
    stopListening?.()
    const { status } = migrationStore.getState()
    if (status !== 'planning' && status !== 'stale') return
    giveUpPlan()
    // Nothing was learned of these two: who looks again plans them again.
    asked = null
  }
}

function schedule(delay: unknown): void {
  const { migration } = projectStore.getState()
  const { from, to } = currentEnds()
  const now = { from: from.objects, to: to.objects, ...migration }
  if (asked && sameParts(asked, now)) {
    rewrite(migration)
    return
  }
  asked = now
  cancelProof()
  giveUpPlan()
  migrationStore.setState(({ status }) => ({ status: status === 'none' ? 'planning' : 'stale', proof: null }))
  timer = setTimeout(() => void planNow(), delay === 0 ? 0 : rest)
}

/** The two schemas that a plan would be between now. */
function currentEnds(): Ends {
  const { comparing } = migrationStore.getState()
  return (comparing && comparedEnds(comparing)) ?? pendingEnds()
}

function pendingEnds(): Ends {
  return { from: projectStore.getState().baseline, to: selectedChanges().document }
}

/** Whether the plan is that of the pending changes as they are now, selected ones alone. */
export function isPlannedAsDrawn(): boolean {
  const { status, between, comparing } = migrationStore.getState()
  const { from, to } = pendingEnds()
  return (
    status === 'ready' &&
    comparing === null &&
    between?.from.objects === from.objects &&
    between.to.objects === to.objects
  )
}

function sameParts(a: Asked, b: Asked): boolean {
  const { from, to, mode, target, simple, backfills } = a
  if (from !== b.from || to !== b.to || mode !== b.mode || target !== b.target) return false
  return simple === b.simple && backfills === b.backfills
}

/** The same plan in another form, or under another name. A proof holds for every frame around the same body, but SQL is another body. */
function rewrite(settings: MigrationSettings): void {
  const { status, settings: before, plan, between, proof, reopened } = migrationStore.getState()
  const replaced = projectStore.getState().reopened
  if (status !== 'ready' || !between) return
  const title = titleOf(plan, between)
  const isSame = before.format === settings.format && title === migrationStore.getState().title
  if (isSame && replaced === reopened) return
  const stillProved = provedForm(before.format) === provedForm(settings.format) ? proof : null
  if (!stillProved) cancelProof()
  migrationStore.setState({ settings, title, reopened: replaced, proof: stillProved })
  renderAgain()
}

/** What a proof of a migration in that format has run: a proof holds for other formats of which it runs the same. */
function provedForm(format: MigrationSettings['format']): 'statements' | 'files of the folder' | 'frame' {
  if (format === 'sql') return 'statements'
  const isOfFolder = format === 'sequelize' && !migrationStore.getState().comparing && targetFolder() !== null
  return isOfFolder ? 'files of the folder' : 'frame'
}

/** Other settings of the folder's style make other files; the same files stay proved, in the same service. */
function restyle(isSameService: boolean): void {
  // Names follow the clock; their endings do not.
  const written = ({ fileName, source }: MigrationFile) => [fileName.replace(/^[^.]*/, ''), source]
  const bodies = () => JSON.stringify(migrationStore.getState().files.map(written))
  const { proof } = migrationStore.getState()
  const before = bodies()
  renderAgain()
  if (!proof || (isSameService && bodies() === before)) return
  cancelProof()
  migrationStore.setState({ proof: null })
  renderAgain()
}

/** As a person named it, else as the plan proposes. */
function titleOf(plan: Plan, { from, to }: Ends): string {
  const { comparing } = migrationStore.getState()
  const chosen = comparing ? comparing.title : projectStore.getState().migration.title
  return chosen ?? proposeTitle(plan, from, to)
}

function giveUpPlan(): void {
  clearTimeout(timer)
  planRun?.abort()
  planRun = null
}

/** Plans what is drawn and selected now. The newest call wins: a plan on its way for older schemas is given up. */
export async function planNow(): Promise<void> {
  giveUpPlan()
  const run = new AbortController()
  planRun = run
  const { migration: settings, reopened } = projectStore.getState()
  const { mode, target, simple, backfills } = settings
  const between = currentEnds()
  try {
    const choices = { mode, target, simple, backfills }
    const plan = await database().plan(between.from, between.to, { signal: run.signal, choices })
    if (run !== planRun) return
    const title = titleOf(plan, between)
    const state = { plan, between, title, settings, reopened, failure: null, proof: null, differences: [] }
    migrationStore.setState({ ...state, status: 'ready' })
    renderAgain()
    rewrite(projectStore.getState().migration)
  } catch (error) {
    if (run === planRun) migrationStore.setState({ ...failed(error), between, plan: emptyPlan, files: [] })
  } finally {
    if (run === planRun) planRun = null
  }
}

function failed(error: unknown): Pick<MigrationState, 'status' | 'failure'> {
  return { status: 'failed', failure: error instanceof Error ? error.message : String(error) }
}

/** The files as they are to be written, with what their header says of the proof. */
export function renderMigration(header: readonly string[]): readonly MigrationFile[] {
  return inFolder(header)?.files ?? render(header, currentFormat())
}

/** What a person should know of the names that the files get in their folder. */
export function namingProblems(): readonly Problem[] {
  return inFolder([])?.problems ?? []
}

/** Written like the folder's others, where they go there. */
function inFolder(header: readonly string[]) {
  const { plan, title, comparing } = migrationStore.getState()
  if (comparing || currentFormat() !== 'sequelize') return null
  const replaced = replacedNames(projectStore.getState())
  return inFolderStyle({ plan, title, stamp: nextStamp(), header }, replaced)
}

function render(header: readonly string[], format: MigrationSettings['format']): readonly MigrationFile[] {
  const { plan, title } = migrationStore.getState()
  return writeFiles({ plan, title, stamp: nextStamp(), header }, format)
}

function currentFormat(): MigrationSettings['format'] {
  return migrationStore.getState().settings.format
}

function renderAgain(): void {
  const { proof } = migrationStore.getState()
  const header = proof?.passed ? exportHeader(proof, currentFormat()) : []
  migrationStore.setState({ files: renderMigration(header) })
}

/** That of the export which is folded anew; else now, but after the last exported file, so that names keep the order. */
function nextStamp(): Date {
  const { history, reopened } = projectStore.getState()
  const [first] = migrationStore.getState().comparing ? [] : reopened
  const kept = first && stampOf(first.files[0])
  if (kept !== null && kept !== undefined) return new Date(kept)
  const last = stampOf(history.at(-1)?.files.at(-1))
  return new Date(Math.max(Date.now(), last === null ? 0 : last + 1000))
}

function stampOf(file: ExportedMigration['files'][number] | undefined): number | null {
  const digits = /(?:^|\/)(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)-/.exec(file ? pathOfFile(file) : '')
  if (!digits) return null
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = digits.slice(1).map(Number)
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

/** Names the migration; empty: as its plan proposes. */
export function retitleMigration(title: string): void {
  const { comparing } = migrationStore.getState()
  if (comparing) migrationStore.setState({ comparing: { ...comparing, title: title.trim() || null } })
  else nameMigration(title)
  rewrite(projectStore.getState().migration)
}

/** Looks at the migration between two points; null: at the pending changes again. */
export function compare(comparing: Compared | null): void {
  migrationStore.setState({ comparing })
  if (watchers > 0) schedule(0)
}

/** Runs the files up, down and up again in a database of their own. A run before is given up. */
export async function proveMigration(): Promise<void> {
  proofRun?.abort()
  const { between, plan, settings } = migrationStore.getState()
  if (!between) return
  const run = new AbortController()
  proofRun = run
  migrationStore.setState({ proof: null, failure: null, proving: { done: 0, total: 0, phase: 'Starting' } })
  try {
    const request = { from: between.from, to: between.to, plan }
    // Files for the folder are proved as they are written there; else what sequelize-cli runs: its other frames hold the same body.
    const ofFolder = inFolder([])?.files
    const files = ofFolder ?? render([], 'sequelize')
    const written = {
      sources: files.map(({ source }) => source),
      fileNames: files.map(({ fileName }) => fileName),
    }
    const options: CallOptions = {
      signal: run.signal,
      onProgress: (proving) => proofRun === run && migrationStore.setState({ proving }),
    }
    const asked = settings.format === 'sql' ? request : { ...request, ...written }
    const alone = await database().prove(asked, options)
    const proof = ofFolder ? await provedInFolder(alone, ofFolder, between.to, options) : alone
    if (proofRun !== run || run.signal.aborted) return
    migrationStore.setState({ proof })
    renderAgain()
  } catch (error) {
    if (proofRun === run && !run.signal.aborted) {
      migrationStore.setState({ failure: error instanceof Error ? error.message : String(error) })
    }
  } finally {
    if (proofRun === run) {
      proofRun = null
      migrationStore.setState({ proving: null })
    }
  }
}

export function cancelProof(): void {
  proofRun?.abort()
  proofRun = null
  migrationStore.setState({ proving: null })
}
