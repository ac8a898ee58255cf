import { patchBetween } from '../core/model/patch.ts'
import { undecided } from '../core/project/migration-settings.ts'
import type { ExportedMigration } from '../core/project/project.ts'
import { closeReopened, markShipped, reopenExport } from '../core/project/reopen.ts'
import { exportHeader } from '../core/sequelize/export-header.ts'
import { slug } from '../core/sequelize/file-name.ts'
import { type MigrationFile, pathOfFile } from '../core/sequelize/migration-file.ts'
import { database, type Proof } from './database.ts'
import { dispatchLedger, documentStore } from './document-store.ts'
import { type ChosenFolder, chooseFolder, download, downloadArchive } from './files.ts'
import { folderWriter, noteWritten, targetFolder, writeFollowing } from './folder-writer.ts'
import type { FollowingFile } from './following-files.ts'
import type { Ends } from './migration-ends.ts'
import { migrationStore } from './migration-state.ts'
import { isPlannedAsDrawn, namingProblems, renderMigration } from './migration-store.ts'
import { projectStore, replacedNames } from './project-store.ts'

/** What an export wrote, and what a person has to remove by hand because it stands for it. */
export interface ExportOutcome {
  readonly written: readonly string[]
  readonly toRemove: readonly string[]
  /** What a person should know of how they are named. */
  readonly notes: readonly string[]
}

/** `project`: into the folder that the project came from. */
export type ExportTarget = 'download' | 'folder' | 'project'

/**
 * Exports the files, then moves the baseline to what they make and appends to the history, unless they lead between two
 * other points. The shadow is first compared with a database built from nothing. Without a passed proof only with
 * `unproven`, which the files then say. Models and seeds go beside it where it goes into the folder that the project came from. Null:
 * something was not written.
 */
export async function exportMigration(
  to: ExportTarget,
  unproven: boolean,
  following: readonly FollowingFile[] = [],
): Promise<ExportOutcome | null> {
  const { between, title, proof, status, settings, comparing } = migrationStore.getState()
  const { document } = documentStore.getState()
  if (status !== 'ready' || !between || !(comparing || isPlannedAsDrawn())) return null
  if (!proof?.passed && !unproven) return null
  const folder = await folderFor(to, title)
  if (folder === null) return null
  if ('failure' in folder) return refused(folder.failure)
  migrationStore.setState({ exporting: true, failure: null, differences: [] })
  try {
    const differences = await database().verifyShadow(document)
    if (differences.length > 0) {
      migrationStore.setState({ differences })
      return null
    }
    const notes = namingProblems().map(({ message }) => message)
    const before = projectStore.getState().baseline
    const files = renderMigration(exportHeader(proof, settings.format))
    const written = files.map(pathOfFile)
    const replaced = comparing
      ? []
      : replacedNames(migrationStore.getState()).filter((path) => !written.includes(path))
    const failure = await folder.write(files.map((file) => ({ name: pathOfFile(file), text: file.source })))
    if (failure !== null) return refused(failure)
    if (!comparing) recordExport(files, between, proof)
    const kept = await folder.remove(replaced)
    if (to === 'project') await noteWritten(files, replaced, before)
    if (kept !== null) return refused(kept)
    const unwritten = following.length === 0 ? null : await writeFollowing(following)
    if (unwritten !== null) return refused(`The migration is written, what follows it is not. ${unwritten}`)
    written.push(...following.map(({ path }) => path))
    return { written, toRemove: to === 'download' ? replaced : [], notes }
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error))
  } finally {
    migrationStore.setState({ exporting: false })
  }
}

/** Writes seeds into the folder that the project came from, without a migration. False: why not is said there. */
export async function writeSeeds(seeds: readonly FollowingFile[]): Promise<boolean> {
  const folder = await folderWriter()
  const failure = 'failure' in folder ? folder.failure : await writeFollowing(seeds)
  migrationStore.setState({ failure })
  return failure === null
}

function folderFor(to: ExportTarget, title: string): ReturnType<typeof chooseFolder> {
  if (to === 'download') return Promise.resolve(downloads(title))
  return to === 'folder' ? chooseFolder() : folderWriter()
}

function refused(failure: string): null {
  migrationStore.setState({ failure })
  return null
}

const downloads = (title: string): ChosenFolder => ({
  write: async (files) => {
    const [first] = files
    if (files.length === 1 && first) download(first.name, first.text, 'text/javascript')
    else
      await downloadArchive(
        `${slug(title)}.zip`,
        files.map(({ name, text }) => ({ path: `migrations/${name}`, text })),
      )
    return null
  },
  remove: async () => null,
})

function recordExport(files: readonly MigrationFile[], { from, to }: Ends, proof: Proof | null): void {
  const { title, settings } = migrationStore.getState()
  const service = targetFolder()?.service
  const exported: ExportedMigration = {
    title,
    files: files.map(({ phase: _, ...file }) => file),
    ...(settings.format === 'sequelize' && service ? { service: service.migrationsFolder } : {}),
    exportedAt: new Date().toISOString(),
    proven: proof?.passed ?? false,
    shipped: false,
    ...(proof?.locks ? { locks: proof.locks } : {}),
    made: {
      patch: patchBetween({ ...from, diagram: noDiagram }, { ...to, diagram: noDiagram }),
      settings,
    },
  }
  dispatchLedger('Export migration', ({ history, migration }) => ({
    baseline: to,
    history: [...history, exported],
    reopened: [],
    migration: undecided(migration),
  }))
}

const noDiagram = new Map()

/** Takes an export and those after it back, to fold later changes into it. */
export function reopenMigration(at: number): void {
  dispatchLedger('Re-open migration', (ledger) => reopenExport(ledger, at) ?? {})
}

/** Puts what was re-opened back into the history as it was. */
export function closeReopenedMigration(): void {
  dispatchLedger('Put migration back', closeReopened)
}

/** A person says that an export has run where it is not taken back, or that this was not so. */
export function markMigrationShipped(at: number, shipped: boolean): void {
  dispatchLedger(shipped ? 'Mark as shipped' : 'Mark as not shipped', ({ history }) => ({
    history: markShipped(history, at, shipped),
  }))
}
