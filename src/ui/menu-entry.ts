/** One line of a menu. */
export type MenuEntry = MenuCommand | MenuFolder | { readonly type: 'separator' }

export interface MenuCommand {
  readonly type?: 'command'
  readonly label: string
  readonly icon?: string | undefined
  /** A CSS colour, shown as a small square in place of the icon. */
  readonly swatch?: string
  readonly shortcut?: string | undefined
  readonly disabled?: boolean
  readonly danger?: boolean
  /** Shows a tick: the present choice of several. */
  readonly checked?: boolean
  run(): void
}

export interface MenuFolder {
  readonly type: 'folder'
  readonly label: string
  readonly icon?: string
  readonly entries: readonly MenuEntry[]
}
