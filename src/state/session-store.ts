import { createStore } from 'zustand/vanilla'
import type { ImportSource } from '../core/import/source-format.ts'
import type { ObjectId } from '../core/model/object.ts'

export type DrawerTab = 'problems' | 'sql' | 'migrations' | 'query'

/** The dialogs of the page; each feature shows its own. */
export type DialogName =
  | 'import'
  | 'export'
  | 'folder'
  | 'keyboard'
  | 'rename-project'
  | 'project-settings'
  | 'delete-project'

/** Sizes of the panels in px. */
export interface PanelSizes {
  readonly explorer: number
  readonly inspector: number
  readonly drawer: Readonly<Record<DrawerTab, number>>
}

/** Given by the look; `query` opens as far as it may. */
export const initialSizes: PanelSizes = {
  explorer: 240,
  inspector: 312,
  drawer: { problems: 276, sql: 360, migrations: 520, query: 10_000 },
}

/** What a person looks at: never saved, never undone. */
export interface SessionState {
  /** Selected objects (or diagram items), the one shown in the inspector last. */
  readonly selection: readonly string[]
  readonly drawer: DrawerTab | null
  readonly explorerOpen: boolean
  readonly inspectorOpen: boolean
  /** It was open before a drawer that needs its room: it comes back with the next one. */
  readonly inspectorAwaits: boolean
  readonly sizes: PanelSizes
  readonly paletteOpen: boolean
  readonly dialog: DialogName | null
  /** What the import dialog opens with: a dropped file. */
  readonly importSource: ImportSource | null
  /** The format that the export dialog opens with. */
  readonly exportFormat: string
  /** How many of the past migrations have run in the schema that the canvas shows; null: it shows the document. */
  readonly past: number | null
  /** The name being edited in place on the canvas. */
  readonly renaming: ObjectId | null
  /** Asks the canvas to bring these into view; a new array each time. */
  readonly reveal: readonly string[] | null
  /** Asks the inspector to bring the list of that kind into view; it answers once. */
  readonly list: string | null
}

const initial: SessionState = {
  selection: [],
  drawer: null,
  explorerOpen: true,
  inspectorOpen: true,
  inspectorAwaits: false,
  sizes: initialSizes,
  paletteOpen: false,
  dialog: null,
  importSource: null,
  exportFormat: 'dbml',
  past: null,
  renaming: null,
  reveal: null,
  list: null,
}

export const sessionStore = createStore<SessionState>(() => initial)

export function select(ids: readonly string[]): void {
  sessionStore.setState({ selection: ids })
}

/** Selects and brings into view. */
export function show(ids: readonly string[]): void {
  sessionStore.setState({ selection: ids, reveal: [...ids] })
}

/** Brings into view, whatever is selected. */
export function reveal(ids: readonly string[]): void {
  sessionStore.setState({ reveal: [...ids] })
}

/** Opens the list of what lives in an object, of that kind, in the inspector. */
export function showList(object: ObjectId, kind: string): void {
  sessionStore.setState({ selection: [object], inspectorOpen: true, list: kind })
}

export function openDrawer(tab: DrawerTab | null): void {
  sessionStore.setState((state) => withDrawer(state, tab))
}

/** What a migration changes is read in its panel and on the canvas: the inspector makes room for both. */
function withDrawer(
  { drawer, inspectorOpen, inspectorAwaits }: SessionState,
  tab: DrawerTab | null,
): Partial<SessionState> {
  const [was, is] = [drawer === 'migrations', tab === 'migrations']
  if (was === is) return { drawer: tab }
  return is
    ? { drawer: tab, inspectorOpen: false, inspectorAwaits: inspectorOpen }
    : { drawer: tab, inspectorOpen: inspectorOpen || inspectorAwaits, inspectorAwaits: false }
}

export function openDialog(dialog: DialogName | null): void {
  sessionStore.setState({ dialog, ...(dialog === null ? { importSource: null } : {}) })
}

/** Opens the import dialog on a text that is already at hand. */
export function openImport(source: ImportSource): void {
  sessionStore.setState({ dialog: 'import', importSource: source })
}

/** Opens the export dialog on a format. */
export function openExport(format: string): void {
  sessionStore.setState({ dialog: 'export', exportFormat: format })
}

export function resizePanel(panel: 'explorer' | 'inspector', size: number): void {
  sessionStore.setState(({ sizes }) => ({ sizes: { ...sizes, [panel]: size } }))
}

export function resizeDrawer(tab: DrawerTab, size: number): void {
  sessionStore.setState(({ sizes }) => ({ sizes: { ...sizes, drawer: { ...sizes.drawer, [tab]: size } } }))
}

/** Forgets what was looked at in the project before; panels stay as they are. */
export function startSession(): void {
  openDrawer(null)
  sessionStore.setState({
    selection: [],
    dialog: null,
    past: null,
    renaming: null,
    reveal: null,
    list: null,
  })
}
