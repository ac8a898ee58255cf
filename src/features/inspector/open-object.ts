import type { ObjectId } from '../../core/model/object.ts'
import { select } from '../../state/session-store.ts'

/** Shows another object in the inspector, from inside it: what was pressed is gone, so the focus goes to its name. */
export function openObject(id: ObjectId): void {
  select([id])
  requestAnimationFrame(() => {
    if (document.activeElement !== document.body) return
    document.querySelector<HTMLElement>('[data-region="inspector"] input')?.focus()
  })
}
