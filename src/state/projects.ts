import { publicSchema } from '../core/commands/create-table.ts'
import { isTable } from '../core/kinds/table/table.kind.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { Problem } from '../core/model/problem.ts'
import { schemaOf } from '../core/model/schema.ts'
import type { Project } from '../core/project/project.ts'
import { writeProject, writtenInSteps } from '../core/project/project-file.ts'
import {
  askBeforeLeaving,
  onAddressChange,
  onPageHide,
  projectInAddress,
  putProjectInAddress,
  setPageTitle,
} from '../platform/address.ts'
import { nextTask } from '../platform/next-task.ts'
import * as storage from '../platform/project-storage.ts'
import { acquireTabLock, type TabLock, takeOverTabLock } from '../platform/tab-lock.ts'
import { forgetUnsaved, keepUnsaved, unsavedText } from '../platform/unsaved-text.ts'
import { type Autosave, createAutosave } from './autosave.ts'
import { drawnChanges } from './changes.ts'
import { documentStore, openDocument } from './document-store.ts'
import { engineStore } from './engine-store.ts'
import { download, type OpenedFile } from './files.ts'
import { migrationStore } from './migration-state.ts'
import { newId } from './new-id.ts'
import { browserPlace, ledgerOf, noProject, type ProjectState, projectStore } from './project-store.ts'
import { startSession } from './session-store.ts'

export type ProjectSummary = storage.ProjectSummary

/** What a project is made from. */
export interface ProjectContent {
  readonly name: string
  readonly document: SchemaDocument
  /** Absent: the document, for a schema that exists already. */
  readonly baseline?: SchemaDocument
  readonly replayed?: Project['replayed']
  readonly models?: Project['models']
  readonly history?: Project['history']
  readonly reopened?: Project['reopened']
  readonly migration?: Project['migration']
  readonly queries?: Project['queries']
  /** The file it came from. */
  readonly place?: string
}

let autosave: Autosave | null = null
let lock: TabLock | null = null
let stopWatching: (() => void) | null = null

/** The open project as it is now. Throws on the start page. */
export function currentProject(): Project {
  const { id, name, models, queries, ...state } = projectStore.getState()
  if (id === null) throw new Error('No project is open')
  return { id, name, document: documentStore.getState().document, ...ledgerOf(state), models, queries }
}

/** Projects in this browser, the one opened last first; a sentence when the storage does not answer. */
export function recentProjects(): Promise<storage.Stored<readonly ProjectSummary[]>> {
  return storage.listProjects()
}

/** A document that holds only the schema `public`. */
export function emptyDocument(): SchemaDocument {
  const schema = publicSchema(newId())
  return { objects: new Map([[schema.id, schema]]), diagram: new Map() }
}

/**
 * Makes a project of the content, opens and stores it. Tables without a place are arranged first. `prepare` is awaited
 * with its id before it is there to be edited.
 */
export async function createProject(
  content: ProjectContent,
  prepare: (id: string) => Promise<void> = async () => {},
): Promise<void> {
  const document = await arranged(content.document)
  const id = newId()
  await prepare(id)
  await closeCurrent()
  await nextTask()
  await enter({ ...noProject, ...newProject(content, document), id }, document)
  autosave?.touch()
  await nextTask()
  await autosave?.flush()
}

/** Makes and stores a project of the content without opening it. Gives its id. */
export async function storeNewProject(content: ProjectContent): Promise<storage.Stored<string>> {
  const document = await arranged(content.document)
  const { place, ...parts } = newProject(content, document)
  const project = { ...parts, id: newId(), document }
  for (const _ of writtenInSteps(document)) await nextTask()
  const { id, name } = project
  const stored = await storage.storeProject(
    { ...noStatus, id, name, place, tables: tablesIn(document), openedAt: Date.now() },
    writeProject(project),
  )
  return 'failure' in stored ? stored : { value: id }
}

const noStatus = { changes: 0, errors: 0, warnings: 0 }

/** The parts of a project that is made of the content. */
function newProject(content: ProjectContent, document: SchemaDocument) {
  return {
    name: content.name,
    place: content.place ?? browserPlace,
    baseline: content.baseline ?? document,
    replayed: content.replayed ?? [],
    models: content.models ?? noProject.models,
    history: content.history ?? [],
    reopened: content.reopened ?? [],
    migration: content.migration ?? noProject.migration,
    queries: content.queries ?? [],
  }
}

async function arranged(document: SchemaDocument): Promise<SchemaDocument> {
  if (isDrawn(document)) return document
  const { laidOut } = await import('./auto-layout.ts')
  return laidOut(document)
}

/** Opens a project of this browser. With an error among the problems, it stays closed and as it is. */
export function openProject(id: string): Promise<readonly Problem[]> {
  return openStored(id, null)
}

/** Only a stored project has to be read. */
function loadReader() {
  return import('../core/project/read-project.ts')
}

/** Opens with a lock that is held already, or with one asked for. */
async function openStored(id: string, held: TabLock | null): Promise<readonly Problem[]> {
  const [stored, listed, { readProject }] = await Promise.all([
    storage.loadProject(id),
    storage.listProjects(),
    loadReader(),
  ])
  const kept = unsavedText(id)
  if (kept === null && 'failure' in stored) return [refusal('storage', stored.failure)]
  const text = kept ?? ('value' in stored ? stored.value : undefined)
  if (text === undefined) return [refusal('no-project', 'This project is no longer in this browser.')]
  const { value, problems } = readProject(text)
  if (!value) return problems
  await closeCurrent()
  lock = held
  const summary = 'value' in listed ? listed.value.find((candidate) => candidate.id === id) : undefined
  await enter(
    { ...noProject, ...withoutDocument(value), id, place: summary?.place ?? browserPlace },
    value.document,
  )
  if (kept !== null) autosave?.touch()
  if (summary) await storage.storeSummary({ ...summary, openedAt: Date.now() })
  return problems
}

/** Opens a project file as a project of its own in this browser. */
export async function openProjectFile(file: OpenedFile): Promise<readonly Problem[]> {
  const { readProject } = await loadReader()
  const { value, problems } = readProject(file.text)
  if (value) await createProject({ ...value, place: file.name })
  return problems
}

/** Downloads the open project as a file. */
export function saveProjectFile(): void {
  const project = currentProject()
  download(`${fileStem(project.name)}.relata.json`, writeProject(project), 'application/json')
}

export function renameProject(name: string): void {
  if (name.trim() !== '') projectStore.setState({ name: name.trim() })
}

/** Makes and opens a copy of the open project. */
export async function duplicateProject(): Promise<void> {
  const project = currentProject()
  await createProject({ ...project, name: `${project.name} copy` })
}

/** Removes a project from this browser for ever. */
export async function deleteProject(id: string): Promise<string | null> {
  if (projectStore.getState().id === id) {
    autosave?.stop()
    leave()
  }
  forgetUnsaved(id)
  const removed = await storage.removeProject(id)
  return 'failure' in removed ? removed.failure : null
}

/** Saves what is unsaved and goes to the start page. */
export async function closeProject(): Promise<void> {
  await closeCurrent()
  leave()
}

/** Takes the open project from the tab that holds it, as that tab has saved it. */
export async function takeOverProject(): Promise<readonly Problem[]> {
  const { id } = projectStore.getState()
  if (id === null) return []
  return openStored(id, await takeOverTabLock(id, lockEvents))
}

/** Opens what the address names, and follows back and forward. Call once when the page starts. */
export async function followAddress(): Promise<readonly Problem[]> {
  const follow = async (): Promise<readonly Problem[]> => {
    const wanted = projectInAddress()
    if (wanted === projectStore.getState().id) return []
    if (wanted === null) {
      await closeProject()
      return []
    }
    const problems = await openProject(wanted)
    if (projectStore.getState().id !== wanted) putProjectInAddress(projectStore.getState().id)
    return problems
  }
  onAddressChange(() => void follow())
  return follow()
}

async function enter(state: ProjectState, document: SchemaDocument): Promise<void> {
  const { id } = state
  if (id === null) throw new Error('A project needs an id')
  lock ??= await acquireTabLock(id, lockEvents)
  startSession()
  openDocument(document)
  migrationStore.setState({ comparing: null })
  projectStore.setState(lock ? state : { ...state, saving: 'read-only', savingProblem: otherTab })
  putProjectInAddress(id)
  setPageTitle(`${state.name} · Relata`)
  watch()
}

const otherTab = 'This project is open in another tab. It can be read here.'

const lockEvents = {
  onYield: async () => {
    await autosave?.flush()
  },
  onLost: () => {
    autosave?.stop()
    autosave = null
    lock = null
    projectStore.setState({ saving: 'read-only', savingProblem: otherTab })
  },
}

/** Saves after every edit for as long as the project is open here. */
function watch(): void {
  if (lock) {
    autosave = createAutosave({
      save,
      onState: (state) =>
        projectStore.setState({
          saving: state.saving,
          savingProblem: state.saving === 'failed' ? state.problem : null,
        }),
    })
  }
  const stops = [
    documentStore.subscribe((now, before) => {
      if (now.document !== before.document) autosave?.touch()
    }),
    projectStore.subscribe((now, before) => {
      const parts = ['name', 'baseline', 'models', 'history', 'reopened', 'migration', 'queries'] as const
      if (parts.some((part) => now[part] !== before[part])) autosave?.touch()
      if (now.name !== before.name && now.id !== null) setPageTitle(`${now.name} · Relata`)
    }),
    onPageHide(() => {
      if (!autosave?.pending()) return
      const project = currentProject()
      keepUnsaved(project.id, writeProject(project))
      void autosave.flush()
    }),
    askBeforeLeaving(() => projectStore.getState().saving === 'failed'),
  ]
  stopWatching = () => {
    for (const stop of stops) stop()
  }
}

async function save(): Promise<string | null> {
  const project = currentProject()
  for (const _ of writtenInSteps(project.document)) await nextTask()
  const { place } = projectStore.getState()
  const { problems } = engineStore.getState()
  const count = (severity: Problem['severity']) =>
    problems.filter((problem) => problem.severity === severity).length
  const stored = await storage.storeProject(
    {
      id: project.id,
      name: project.name,
      place,
      tables: tablesIn(project.document),
      changes: drawnChanges().length,
      errors: count('error'),
      warnings: count('warning'),
      openedAt: Date.now(),
    },
    writeProject(project),
  )
  if ('failure' in stored) return stored.failure
  forgetUnsaved(project.id)
  return null
}

/** Ends the open project without going anywhere. What cannot be stored is downloaded, so that nothing is lost. */
async function closeCurrent(): Promise<void> {
  if (projectStore.getState().id === null) return
  await autosave?.flush()
  if (autosave?.pending()) saveProjectFile()
  autosave?.stop()
  autosave = null
  stopWatching?.()
  stopWatching = null
  lock?.release()
  lock = null
}

function leave(): void {
  stopWatching?.()
  stopWatching = null
  autosave = null
  lock?.release()
  lock = null
  projectStore.setState(noProject)
  startSession()
  openDocument(emptyDocument())
  putProjectInAddress(null)
  setPageTitle('Relata')
}

function tablesIn(document: SchemaDocument): number {
  return schemaOf(document).all(isTable).length
}

function isDrawn(document: SchemaDocument): boolean {
  return document.diagram.size > 0 || tablesIn(document) === 0
}

function withoutDocument({ name, models, queries, ...project }: Project) {
  return { name, models, queries, ...ledgerOf(project) }
}

function refusal(code: string, message: string): Problem {
  return { code, severity: 'error', source: 'Relata', message }
}

/** "Forge CRM" → "forge-crm" */
function fileStem(name: string): string {
  const stem = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
  return stem === '' ? 'project' : stem
}
