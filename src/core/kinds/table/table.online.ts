import { qualifiedName } from '../../sql/names.ts'
import { isForeignKey } from '../foreign-key/foreign-key.kind.ts'
import type { Online } from '../online.ts'
import { type View, viewKind } from '../view/view.kind.ts'
import type { Table } from './table.kind.ts'

export const tableOnline: Online<Table> = {
  /** DROP TABLE takes a lock on every table that it refers to: its foreign keys go first, each alone. */
  removed: (table, context) => ({
    edits: [
      {
        stage: 'release',
        remove: context.from.childrenOf(table.id, isForeignKey).map(({ id }) => id),
      },
    ],
    gates: { contract: `Deploy code that no longer uses ${qualifiedName(table, context.from)}.` },
  }),

  /** A view of all its columns can be read and written (docs CREATE VIEW, updatable views) until the name is free. */
  changed(from, to, fields, context) {
    if (!fields.includes('name') && !fields.includes('parent')) return null
    const view: View = {
      ...viewKind.sample,
      id: `${from.id} view`,
      parent: to.parent,
      name: to.name,
      query: `SELECT * FROM ${qualifiedName(from, context.from)}`,
    }
    return {
      edits: [
        { stage: 'add', put: [{ ...to, name: from.name, parent: from.parent }] },
        { stage: 'join', put: [view] },
        { stage: 'finish', put: [to], remove: [view.id] },
      ],
      gates: {
        contract: `Deploy code that uses ${qualifiedName(to, context.to)} instead of ${qualifiedName(from, context.from)}.`,
      },
    }
  },
}
