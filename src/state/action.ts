/** What a person can invoke, as data for menus, shortcuts and the command palette alike. */
export interface Action {
  /** Kebab case, unique: `canvas.new-table`. */
  readonly id: string
  /** A verb with its object, sentence case: "New table". */
  readonly title: string
  /** Heading in the palette: "Canvas", "Edit", "Project". */
  readonly group: string
  /** Lucide icon name. */
  readonly icon?: string
  /** As in `Mod+Shift+Z`; Mod is ⌘ on macOS, Ctrl elsewhere. A single letter works only outside text fields. */
  readonly shortcut?: string
  readonly keywords?: readonly string[]
  /** False hides it from the palette and disables its shortcut. Default true. */
  enabled?(): boolean
  run(): void | Promise<void>
}
