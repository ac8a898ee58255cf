const focusable =
  'a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), [tabindex]:not([tabindex="-1"])'

const lastFocus = new WeakMap<Element, HTMLElement>()

/** Remembers where the focus was in each region, so that F6 comes back to it. Returns the way out. */
export function rememberFocus(): () => void {
  const onFocusIn = (event: FocusEvent) => {
    if (!(event.target instanceof HTMLElement)) return
    const region = event.target.closest('[data-region]')
    if (region) lastFocus.set(region, event.target)
  }
  document.addEventListener('focusin', onFocusIn)
  return () => document.removeEventListener('focusin', onFocusIn)
}

/** Moves the focus to the next region of the page (elements with `data-region`), or to the one before. */
export function focusRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll('[data-region]')].filter((region) => region.checkVisibility())
  const at = regions.findIndex((region) => region.contains(document.activeElement))
  for (let tried = 1; tried <= regions.length; tried += 1) {
    const from = at < 0 && step < 0 ? 0 : at
    const region = regions[(from + step * tried + regions.length * tried) % regions.length]
    if (region && focusInside(region)) return
  }
}

function focusInside(region: Element): boolean {
  const last = lastFocus.get(region)
  const candidates = [
    ...(last?.isConnected ? [last] : []),
    ...region.querySelectorAll<HTMLElement>('[role="tree"], [data-region-focus]'),
    ...region.querySelectorAll<HTMLElement>(focusable),
  ]
  return candidates.some((element) => {
    if (!element.checkVisibility()) return false
    element.focus()
    return document.activeElement === element
  })
}
