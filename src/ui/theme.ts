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

/** Chooses a theme, shows it and remembers it on this computer. */
export function setTheme(theme: Theme): void {
  themeStore.setState({ theme })
  applyTheme()
  try {
    localStorage.setItem(storageKey, theme)
  } catch {
    // Storage is refused (a private window): the choice lasts as long as the page.
  }
}

/** Puts the chosen theme on the page; call once before the first paint. */
export function applyTheme(): void {
  const { theme } = themeStore.getState()
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}

/** Calls back whenever light becomes dark or the reverse. Returns the way out. */
export function onThemeChange(callback: () => void): () => void {
  const media = matchMedia('(prefers-color-scheme: dark)')
  media.addEventListener('change', callback)
  const stop = themeStore.subscribe(callback)
  return () => {
    media.removeEventListener('change', callback)
    stop()
  }
}
