import type { Online } from '../online.ts'
import type { View } from './view.kind.ts'

export const viewOnline: Online<View> = {
  /** Where columns are only added the new view serves old code too; otherwise old code keeps the old one. */
  changed(from, to, fields) {
    if (!fields.includes('query') || from.columns.length === 0) return null
    if (from.columns.every((column) => to.columns.includes(column))) return null
    return {
      edits: [{ stage: 'finish', put: [to] }],
      gates: { contract: `Deploy code that can do without the columns that ${from.name} loses.` },
    }
  },
}
