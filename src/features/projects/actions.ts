import type { Action } from '../../state/action.ts'
import { projectStore } from '../../state/project-store.ts'
import {
  closeProject,
  createProject,
  duplicateProject,
  emptyDocument,
  saveProjectFile,
} from '../../state/projects.ts'
import { openDialog } from '../../state/session-store.ts'
import { chooseProjectFile } from './open-files.ts'

const isOpen = () => projectStore.getState().id !== null

/** Makes and opens a project that holds only the schema `public`. */
export async function newProject(): Promise<void> {
  await createProject({ name: 'Untitled', document: emptyDocument() })
}

export const projectActions: readonly Action[] = [
  {
    id: 'project.new',
    title: 'New schema',
    group: 'Project',
    icon: 'file-plus',
    shortcut: 'Alt+N',
    keywords: ['create', 'empty'],
    run: newProject,
  },
  {
    id: 'project.open-file',
    title: 'Open project file',
    group: 'Project',
    icon: 'file-braces',
    shortcut: 'Mod+O',
    keywords: ['relata.json'],
    run: chooseProjectFile,
  },
  {
    id: 'project.import-sql',
    title: 'Import SQL',
    group: 'Project',
    icon: 'file-input',
    shortcut: 'Mod+I',
    keywords: ['pg_dump', 'ddl', 'dbml', 'prisma', 'database', 'catalogue'],
    run: () => openDialog('import'),
  },
  {
    id: 'project.open-folder',
    title: 'Open Sequelize project',
    group: 'Project',
    icon: 'folder-open',
    shortcut: 'Alt+O',
    keywords: ['folder', 'migrations', 'replay', 'umzug', 'repository'],
    run: () => openDialog('folder'),
  },
  {
    id: 'project.save-file',
    title: 'Save project as file',
    group: 'Export',
    icon: 'save',
    shortcut: 'Mod+S',
    keywords: ['download', 'relata.json'],
    enabled: isOpen,
    run: saveProjectFile,
  },
  {
    id: 'project.rename',
    title: 'Rename project',
    group: 'Project',
    icon: 'pencil',
    enabled: isOpen,
    run: () => openDialog('rename-project'),
  },
  {
    id: 'project.settings',
    title: 'Project settings',
    group: 'Project',
    icon: 'settings',
    keywords: ['target version', 'postgresql', 'zero downtime', 'umzug', 'typescript', 'migration'],
    enabled: isOpen,
    run: () => openDialog('project-settings'),
  },
  {
    id: 'project.duplicate',
    title: 'Duplicate project',
    group: 'Project',
    icon: 'copy',
    enabled: isOpen,
    run: duplicateProject,
  },
  {
    id: 'project.delete',
    title: 'Delete project',
    group: 'Project',
    icon: 'trash-2',
    enabled: isOpen,
    run: () => openDialog('delete-project'),
  },
  {
    id: 'project.close',
    title: 'Close project',
    group: 'Project',
    icon: 'x',
    keywords: ['start page', 'recent'],
    enabled: isOpen,
    run: closeProject,
  },
]
