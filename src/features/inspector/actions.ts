import { mayHaveOwner } from '../../core/commands/set-owner.ts'
import type { Action } from '../../state/action.ts'
import { documentStore } from '../../state/document-store.ts'
import { projectStore } from '../../state/project-store.ts'
import { sessionStore } from '../../state/session-store.ts'

/** The id by which the action finds the choice of an owner. */
export const ownerFieldId = 'inspector-owner'

export const inspectorActions: readonly Action[] = [
  {
    id: 'inspector.owner',
    title: 'Change owner',
    group: 'Objects',
    icon: 'user-round',
    keywords: ['belongs to', 'owner to'],
    enabled: () => {
      const { objects } = documentStore.getState().document
      const selected = sessionStore.getState().selection.flatMap((id) => objects.get(id) ?? [])
      return projectStore.getState().id !== null && selected.some(mayHaveOwner)
    },
    run: () => {
      sessionStore.setState({ inspectorOpen: true })
      // The inspector may have to be drawn first.
      requestAnimationFrame(() => document.getElementById(ownerFieldId)?.focus())
    },
  },
]
