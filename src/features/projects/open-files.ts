import type { Problem } from '../../core/model/problem.ts'
import { chooseFile, droppedFolder, type OpenedFile, readDroppedFile } from '../../state/files.ts'
import { openProject, openProjectFile } from '../../state/projects.ts'
import { openDialog, openImport } from '../../state/session-store.ts'
import { toast } from '../../ui/toast.ts'

/** Lets a person choose a project file and opens it. */
export async function chooseProjectFile(): Promise<void> {
  const file = await chooseFile('.json,application/json')
  if (file) await openFile(file)
}

/** Opens what was dropped: a folder of migrations or a zip of one, else the first file, a project or a schema to import. */
export async function openDropped({ items, files }: DataTransfer): Promise<void> {
  const file = files[0]
  const folder = droppedFolder(items)
  if (folder) {
    const { openDroppedFolder } = await import('../../state/folder-store.ts')
    openDialog('folder')
    await openDroppedFolder(folder)
    return
  }
  if (file && /\.zip$/i.test(file.name)) {
    const { openMigrationsZip } = await import('../../state/folder-store.ts')
    openDialog('folder')
    await openMigrationsZip(file)
    return
  }
  if (file) await openFile(await readDroppedFile(file))
}

async function openFile(file: OpenedFile): Promise<void> {
  const { isCatalogFile } = await import('../../core/import/source-format.ts')
  const isProject = file.name.endsWith('.json') && !isCatalogFile(file.text)
  if (isProject) tellProblems(file.name, await openProjectFile(file))
  else openImport(file)
}

/** Opens a project of this browser and says what went wrong. */
export async function openStoredProject(id: string, name: string): Promise<void> {
  tellProblems(name, await openProject(id))
}

function tellProblems(name: string, problems: readonly Problem[]): void {
  const [first] = problems
  if (!first) return
  const refused = problems.some((problem) => problem.severity === 'error')
  const more = problems.length > 1 ? `\n${problems.length - 1} more like this.` : ''
  toast(refused ? `${name} was not opened` : `${name} was opened`, {
    description: `${first.message}${more}`,
    error: true,
  })
}
