import { useSyncExternalStore } from 'react'

/** Whether the page is narrower than that many px. */
export function useNarrow(width: number): boolean {
  const query = `(max-width: ${width - 1}px)`
  return useSyncExternalStore(
    (callback) => {
      const media = matchMedia(query)
      media.addEventListener('change', callback)
      return () => media.removeEventListener('change', callback)
    },
    () => matchMedia(query).matches,
  )
}
