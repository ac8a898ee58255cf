const pattern = /^#\/project\/([\w-]+)$/

/** The id of the project that the page's address names; null: the start page. */
export function projectInAddress(): string | null {
  return pattern.exec(location.hash)?.[1] ?? null
}

/** Names the project in the address, so that a reload or the back button finds it. */
export function putProjectInAddress(id: string | null): void {
  if (projectInAddress() === id) return
  history.pushState(null, '', id === null ? location.pathname : `#/project/${id}`)
}

/** Calls back when a person goes back or forward. Returns the way out. */
export function onAddressChange(callback: () => void): () => void {
  window.addEventListener('popstate', callback)
  return () => window.removeEventListener('popstate', callback)
}

/** Calls back when the page is hidden or about to go. Returns the way out. */
export function onPageHide(callback: () => void): () => void {
  const onVisibility = () => {
    if (document.visibilityState === 'hidden') callback()
  }
  document.addEventListener('visibilitychange', onVisibility)
  window.addEventListener('pagehide', callback)
  return () => {
    document.removeEventListener('visibilitychange', onVisibility)
    window.removeEventListener('pagehide', callback)
  }
}

/** Calls back when a person comes back to the page. Returns the way out. */
export function onPageFocus(callback: () => void): () => void {
  window.addEventListener('focus', callback)
  return () => window.removeEventListener('focus', callback)
}

export function setPageTitle(title: string): void {
  document.title = title
}

/** While `isUnsafe`, the browser asks before the page is closed or loaded again. Returns the way out. */
export function askBeforeLeaving(isUnsafe: () => boolean): () => void {
  const ask = (event: BeforeUnloadEvent) => {
    if (isUnsafe()) event.preventDefault()
  }
  window.addEventListener('beforeunload', ask)
  return () => window.removeEventListener('beforeunload', ask)
}
