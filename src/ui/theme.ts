import { createStore } from 'zustand/vanilla'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const storageKey = 'relata.theme'

/** The chosen theme. */
export const themeStore = createStore<{ readonly theme: Theme }>(() => ({ theme: storedTheme() }))

function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(storageKey)
    return themes.find((theme) => theme === stored) ?? 'system'
  } catch {
    return 'system'
  }
}

/** Chooses a theme and remembers it on this computer. */
export function setTheme(theme: Theme): void {
  themeStore.setState({ theme })
  try {
    localStorage.setItem(storageKey, theme)
  } catch {
    // Storage is refused (a private window): the choice lasts as long as the page.
  }
}

/** Keeps the page in the chosen theme; call once before the first paint. */
export function startTheme(): void {
  const apply = () => {
    const { theme } = themeStore.getState()
    const system = systemDark().matches ? 'dark' : 'light'
    document.documentElement.dataset.theme = theme === 'system' ? system : theme
  }
  apply()
  onThemeChange(apply)
}

function systemDark(): MediaQueryList {
  return matchMedia('(prefers-color-scheme: dark)')
}

/** Calls back whenever light becomes dark or the reverse. Returns the way out. */
export function onThemeChange(callback: () => void): () => void {
  const media = systemDark()
  media.addEventListener('change', callback)
  const stop = themeStore.subscribe(callback)
  return () => {
    media.removeEventListener('change', callback)
    stop()
  }
}
