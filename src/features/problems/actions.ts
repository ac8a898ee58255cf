import type { fixFor } from '../../core/commands/problem-fixes.ts'
import type { Fix, Problem } from '../../core/model/problem.ts'
import type { Action } from '../../state/action.ts'
import { applyFix } from '../../state/apply-fix.ts'
import { documentStore } from '../../state/document-store.ts'
import { engineStore } from '../../state/engine-store.ts'
import { newId } from '../../state/new-id.ts'
import { projectStore } from '../../state/project-store.ts'
import { sessionStore, show } from '../../state/session-store.ts'

const isOpen = () => projectStore.getState().id !== null

let fix: typeof fixFor | null = null

/** What knows the fixes is not needed to draw: until it is fetched none is offered. */
export async function fetchFixes(): Promise<void> {
  fix = (await import('../../core/commands/problem-fixes.ts')).fixFor
}

/** The problems of what is selected, or all when nothing selected has one; errors first. */
function atHand(): readonly Problem[] {
  const { problems } = engineStore.getState()
  const { selection } = sessionStore.getState()
  const selected = problems.filter(({ object }) => object !== undefined && selection.includes(object))
  const list = selected.length > 0 ? selected : problems
  return list.toSorted((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'))
}

function firstFix(): Fix | undefined {
  const { document } = documentStore.getState()
  for (const problem of atHand()) {
    const found = fix?.(problem, document, newId)
    if (found) return found
  }
  return undefined
}

/** Selects the next problem's object after the one that is selected. */
function showNext(step: 1 | -1): void {
  const objects = engineStore.getState().problems.flatMap(({ object }) => object ?? [])
  const at = objects.indexOf(sessionStore.getState().selection[0] ?? '')
  const next = objects[(at + step + objects.length) % objects.length] ?? objects[0]
  if (next !== undefined) show([next])
}

export const problemActions: readonly Action[] = [
  {
    id: 'problems.fix',
    title: 'Apply fix',
    group: 'Problems',
    icon: 'wrench',
    shortcut: 'Mod+.',
    keywords: ['quick fix', 'repair'],
    enabled: () => isOpen() && firstFix() !== undefined,
    run: () => {
      const fix = firstFix()
      if (fix) applyFix(fix)
    },
  },
  {
    id: 'problems.next',
    title: 'Next problem',
    group: 'Problems',
    icon: 'arrow-down',
    shortcut: 'F8',
    enabled: () => isOpen() && engineStore.getState().problems.length > 0,
    run: () => showNext(1),
  },
  {
    id: 'problems.previous',
    title: 'Previous problem',
    group: 'Problems',
    icon: 'arrow-up',
    shortcut: 'Shift+F8',
    enabled: () => isOpen() && engineStore.getState().problems.length > 0,
    run: () => showNext(-1),
  },
]
