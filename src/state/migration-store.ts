import { createStore } from 'zustand/vanilla'
import { emptyPlan, type Plan } from '../core/migration/plan.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { initialSettings, type MigrationSettings } from '../core/project/migration-settings.ts'
import { exportHeader } from '../core/sequelize/export-header.ts'
import { slug } from '../core/sequelize/file-name.ts'
import { proposeTitle } from '../core/sequelize/migration-title.ts'
import { type MigrationFile, pathOfFile } from '../core/sequelize/render-migration.ts'
import { writeFiles } from '../core/sequelize/write-files.ts'
import { type Difference, database, type Progress, type Proof } from './database.ts'
import { documentStore } from './document-store.ts'
import { type ChosenFolder, chooseFolder, download, downloadArchive } from './files.ts'
import { type ProjectState, projectStore } from './project-store.ts'

/** The migration from the baseline to the document, and what is known of it. */
export interface MigrationState {
  /** `stale`: the schema has changed since, a new plan is on its way. */
  readonly status: 'none' | 'planning' | 'stale' | 'ready' | 'failed'
  readonly plan: Plan
  /** The two schemas that the plan is between. */
  readonly between: { readonly from: SchemaDocument; readonly to: SchemaDocument } | null
  /** Why planning, proving or exporting broke off. */
  readonly failure: string | null
  /** What it does in a few words; the files are named after it. */
  readonly title: string
  readonly files: readonly MigrationFile[]
  /** What the plan was made by, and the form of the files. */
  readonly settings: MigrationSettings
  readonly proof: Proof | null
  /** Set while a proof runs. */
  readonly proving: Progress | null
  readonly exporting: boolean
  /** Where the shadow is otherwise than the document: our bug, so nothing is exported. */
  readonly differences: readonly Difference[]
  /** What an "Undo export" gives back, the last export last. */
  readonly exports: readonly ExportRecord[]
}

interface ExportRecord extends Pick<ProjectState, 'baseline' | 'history' | 'migration'> {
  readonly project: string | null
  readonly fileNames: readonly string[]
}

const nothing: MigrationState = {
  status: 'none',
  plan: emptyPlan,
  between: null,
  failure: null,
  title: '',
  files: [],
  settings: initialSettings,
  proof: null,
  proving: null,
  exporting: false,
  differences: [],
  exports: [],
}

export const migrationStore = createStore<MigrationState>(() => nothing)

/** Milliseconds of rest after an edit before it is planned. */
const rest = 250

let watchers = 0
let timer: ReturnType<typeof setTimeout> | undefined
let planRun: AbortController | null = null
let proofRun: AbortController | null = null
let stopListening: (() => void) | null = null
/** What was last planned for, so that saving and other news of the project plan nothing. */
let asked: Asked | null = null

interface Asked extends Omit<MigrationSettings, 'format'> {
  readonly from: SchemaDocument['objects']
  readonly to: SchemaDocument['objects']
}

/** Keeps the plan up to date for as long as somebody looks. Returns the way out. */
export function watchMigration(): () => void {
  watchers += 1
  if (watchers === 1) {
    const stops = [documentStore.subscribe(schedule), projectStore.subscribe(schedule)]
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
  const { baseline, migration } = projectStore.getState()
  const { format, ...choices } = migration
  const now = { from: baseline.objects, to: documentStore.getState().document.objects, ...choices }
  if (asked && sameParts(asked, now)) {
    reformat(migration)
    return
  }
  asked = now
  cancelProof()
  giveUpPlan()
  migrationStore.setState(({ status }) => ({ status: status === 'none' ? 'planning' : 'stale', proof: null }))
  timer = setTimeout(() => void planNow(), delay === 0 ? 0 : rest)
}

function sameParts(a: Asked, b: Asked): boolean {
  const { from, to, mode, target, simple, backfills } = a
  if (from !== b.from || to !== b.to || mode !== b.mode || target !== b.target) return false
  return simple === b.simple && backfills === b.backfills
}

/** The same plan in another form. A proof holds for every frame around the same body, but SQL is another body. */
function reformat(settings: MigrationSettings): void {
  const { status, settings: before, plan, title, proof } = migrationStore.getState()
  if (status !== 'ready' || before.format === settings.format) return
  const stillProved = (before.format === 'sql') === (settings.format === 'sql') ? proof : null
  if (!stillProved) cancelProof()
  migrationStore.setState({
    settings,
    proof: stillProved,
    files: render(
      plan,
      title,
      stillProved?.passed ? exportHeader(stillProved, settings.format) : [],
      settings,
    ),
  })
}

function giveUpPlan(): void {
  clearTimeout(timer)
  planRun?.abort()
  planRun = null
}

/** Plans what is drawn now. The newest call wins: a plan on its way for older schemas is given up. */
export async function planNow(): Promise<void> {
  giveUpPlan()
  const run = new AbortController()
  planRun = run
  const { baseline: from, migration: settings } = projectStore.getState()
  const { format: _, ...choices } = settings
  const to = documentStore.getState().document
  const between = { from, to }
  try {
    const plan = await database().plan(from, to, { signal: run.signal, choices })
    if (run !== planRun) return
    const title = proposeTitle(plan, from, to)
    const state = { plan, between, title, settings, failure: null, proof: null, differences: [] }
    migrationStore.setState({ ...state, status: 'ready', files: render(plan, title, [], settings) })
    reformat(projectStore.getState().migration)
  } catch (error) {
    if (run === planRun) migrationStore.setState({ ...failed(error), between, plan: emptyPlan, files: [] })
  } finally {
    if (run === planRun) planRun = null
  }
}

function failed(error: unknown): Pick<MigrationState, 'status' | 'failure'> {
  return { status: 'failed', failure: error instanceof Error ? error.message : String(error) }
}

function render(
  plan: Plan,
  title: string,
  header: readonly string[],
  { format }: MigrationSettings,
): readonly MigrationFile[] {
  return writeFiles({ plan, title, stamp: nextStamp(), header }, format)
}

/** Now, but after the last exported file, so that names keep the order. */
function nextStamp(): Date {
  const last = projectStore.getState().history.at(-1)
  const digits = /(?:^|\/)(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)-/.exec(last ? pathOfFile(last) : '')
  const now = new Date()
  if (!digits) return now
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = digits.slice(1).map(Number)
  return new Date(Math.max(now.getTime(), Date.UTC(year, month - 1, day, hour, minute, second + 1)))
}

/** Names the migration otherwise than proposed. */
export function retitleMigration(title: string): void {
  const { plan, proof, settings } = migrationStore.getState()
  const wanted = title.trim()
  if (wanted === '') return
  migrationStore.setState({
    title: wanted,
    files: render(plan, wanted, proof?.passed ? exportHeader(proof, settings.format) : [], settings),
  })
}

/** Runs the files up, down and up again in a database of their own. A run before is given up. */
export async function proveMigration(): Promise<void> {
  proofRun?.abort()
  const { between, plan, title, settings } = migrationStore.getState()
  if (!between) return
  const run = new AbortController()
  proofRun = run
  migrationStore.setState({ proof: null, failure: null, proving: { done: 0, total: 0, phase: 'Starting' } })
  try {
    const request = { from: between.from, to: between.to, plan }
    // What sequelize-cli runs is proved; its other frames hold the same body.
    const proved = { ...settings, format: 'sequelize' } as const
    const sources = render(plan, title, [], proved).map((file) => file.source)
    const proof = await database().prove(settings.format === 'sql' ? request : { ...request, sources }, {
      signal: run.signal,
      onProgress: (proving) => proofRun === run && migrationStore.setState({ proving }),
    })
    if (proofRun !== run || run.signal.aborted) return
    const { format } = migrationStore.getState().settings
    const header = proof.passed ? exportHeader(proof, format) : []
    migrationStore.setState({ proof, files: render(plan, title, header, { ...settings, format }) })
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

/**
 * Exports the files, then moves the baseline and appends to the history. The shadow is first compared with a database
 * built from nothing. Without a passed proof only with `unproven`, which the files then say.
 */
export async function exportMigration(to: 'download' | 'folder', unproven: boolean): Promise<void> {
  const { between, plan, title, proof, status, settings } = migrationStore.getState()
  const { document } = documentStore.getState()
  if (status !== 'ready' || between?.to.objects !== document.objects) return
  if (!proof?.passed && !unproven) return
  const folder = to === 'folder' ? await chooseFolder() : downloads(title)
  if (folder === null) return
  if ('failure' in folder) return migrationStore.setState(folder)
  migrationStore.setState({ exporting: true, failure: null, differences: [] })
  try {
    const differences = await database().verifyShadow(document)
    if (differences.length > 0) return migrationStore.setState({ differences })
    const files = render(plan, title, exportHeader(proof, settings.format), settings)
    const texts = files.map((file) => ({ name: pathOfFile(file), text: file.source }))
    const failure = await folder.write(texts)
    if (failure !== null) return migrationStore.setState({ failure })
    recordExport(files, document, proof)
  } catch (error) {
    migrationStore.setState({ failure: error instanceof Error ? error.message : String(error) })
  } finally {
    migrationStore.setState({ exporting: false })
  }
}

const downloads = (title: string): ChosenFolder => ({
  write: async (files) => {
    const [first] = files
    if (files.length === 1 && first) download(first.name, first.text, 'text/javascript')
    else
      downloadArchive(
        `${slug(title)}.zip`,
        files.map(({ name, text }) => ({ path: `migrations/${name}`, text })),
      )
    return null
  },
})

function recordExport(files: readonly MigrationFile[], document: SchemaDocument, proof: Proof | null): void {
  const { baseline, history, migration, id } = projectStore.getState()
  const exportedAt = new Date().toISOString()
  const fileNames = files.map(pathOfFile)
  migrationStore.setState(({ exports }) => ({
    exports: [
      ...exports.filter(({ project }) => project === id),
      { baseline, history, migration, project: id, fileNames },
    ],
  }))
  const exported = files.map(({ phase: _, ...file }, index) => ({
    ...file,
    exportedAt,
    proven: proof?.passed ?? false,
    ...(proof?.locks && index === files.length - 1 ? { locks: proof.locks } : {}),
  }))
  projectStore.setState({
    baseline: document,
    history: [...history, ...exported],
    // What was decided of these changes says nothing of the next ones.
    migration: { ...migration, simple: new Set(), backfills: new Map() },
  })
}

/** Takes the last export of this session back: baseline, history and decisions as they were. The files stay where they are. */
export function undoExport(): void {
  const { exports } = migrationStore.getState()
  const last = exports.at(-1)
  if (!last || last.project !== projectStore.getState().id) return
  migrationStore.setState({ exports: exports.slice(0, -1) })
  const { baseline, history } = last
  const { simple, backfills } = last.migration
  projectStore.setState(({ migration }) => ({
    baseline,
    history,
    migration: { ...migration, simple, backfills },
  }))
}
