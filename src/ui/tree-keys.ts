/** One visible row of a tree. */
export interface TreeRow {
  readonly id: string
  /** 0 at the top. */
  readonly depth: number
  /** What type-ahead looks at. */
  readonly text: string
  /** Absent: a leaf. */
  readonly expanded?: boolean | undefined
  /** False: a heading that a click only folds. */
  readonly selectable?: boolean
  /** Its place among its siblings, from 1, and how many they are. */
  readonly position: number
  readonly setSize: number
}

export type TreeMove = { readonly focus: number } | { readonly toggle: boolean } | null

/** What a key does at row `index` (ARIA APG, tree view); null: nothing. */
export function moveInTree(rows: readonly TreeRow[], index: number, key: string, page: number): TreeMove {
  const row = rows[index]
  if (!row) return null
  const last = rows.length - 1
  switch (key) {
    case 'ArrowDown':
      return { focus: Math.min(last, index + 1) }
    case 'ArrowUp':
      return { focus: Math.max(0, index - 1) }
    case 'PageDown':
      return { focus: Math.min(last, index + page) }
    case 'PageUp':
      return { focus: Math.max(0, index - page) }
    case 'Home':
      return { focus: 0 }
    case 'End':
      return { focus: last }
    case 'ArrowRight':
      if (row.expanded === false) return { toggle: true }
      return { focus: (rows[index + 1]?.depth ?? 0) > row.depth ? index + 1 : index }
    case 'ArrowLeft':
      if (row.expanded) return { toggle: false }
      return { focus: parentOf(rows, index) }
    default:
      return null
  }
}

function parentOf(rows: readonly TreeRow[], index: number): number {
  const depth = rows[index]?.depth ?? 0
  for (let above = index - 1; above >= 0; above -= 1) {
    if ((rows[above]?.depth ?? 0) < depth) return above
  }
  return index
}

/** The next row that starts with `typed`; one letter pressed again goes on to the next such row. */
export function typeAhead(rows: readonly TreeRow[], index: number, typed: string): number {
  const letters = new Set(typed.toLowerCase())
  const wanted = letters.size === 1 ? [...letters].join('') : typed.toLowerCase()
  const start = letters.size === 1 ? 1 : 0
  for (let step = start; step <= rows.length; step += 1) {
    const candidate = (index + step) % rows.length
    if (rows[candidate]?.text.toLowerCase().startsWith(wanted)) return candidate
  }
  return index
}
