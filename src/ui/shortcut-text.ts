const isApple = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '')

const arrows: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
}

const appleSigns: Readonly<Record<string, string>> = {
  ...arrows,
  Mod: '⌘',
  Shift: '⇧',
  Alt: '⌥',
  Ctrl: '⌃',
  Enter: '↵',
  Delete: '⌫',
  Escape: 'Esc',
}

const otherSigns: Readonly<Record<string, string>> = { ...arrows, Mod: 'Ctrl', Escape: 'Esc', Delete: 'Del' }

/** `Mod+Shift+Z` as this computer's people read it: `⇧⌘Z` or `Ctrl+Shift+Z`. */
export function shortcutText(shortcut: string, apple: boolean = isApple): string {
  const keys = shortcut.split('+')
  if (!apple) return keys.map((key) => otherSigns[key] ?? key).join('+')
  const main = keys.pop() ?? ''
  const order = ['Ctrl', 'Alt', 'Shift', 'Mod']
  const signs = order.filter((key) => keys.includes(key)).map((key) => appleSigns[key] ?? key)
  return signs.join('').concat(appleSigns[main] ?? main)
}
