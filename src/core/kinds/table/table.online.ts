import { qualifiedName } from '../../sql/names.ts'
import { isForeignKey } from '../foreign-key/foreign-key.kind.ts'
import type { Online } from '../online.ts'
import { detachedOnline } from '../partition/attach-online.ts'
import { storageQuestion } from '../storage-online.ts'
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

  becomes: detachedOnline,

  /**
   * A view of all its columns can be read and written (docs CREATE VIEW, updatable views) until the name is free. Rows
   * are hidden only from code that knows the policies.
   */
  changed(from, to, fields, context) {
    if (fields.includes('unlogged')) {
      return {
        asks: 'accept',
        field: 'unlogged',
        message: `${to.name} is written anew when its log is switched on or off, and nobody can use it meanwhile.`,
        hint: 'Accept the simple way for this change, in a quiet hour.',
      }
    }
    const moves = to.partitionBy === null ? storageQuestion(to, fields) : null
    if (moves) return moves
    if (fields.includes('inherits')) {
      return {
        asks: 'accept',
        field: 'inherits',
        message: `What ${to.name} inherits changes at once, and nobody can use it meanwhile.`,
        hint: 'Accept the simple way for this change, in a quiet hour.',
      }
    }
    const isHiding = to.rowSecurity && !from.rowSecurity
    if (fields.includes('partitionBy') || fields.includes('partitionKey')) {
      return {
        asks: 'accept',
        field: 'partitionBy',
        message: `Every row of ${to.name} moves to a new table, and nobody can use it meanwhile.`,
        hint: 'Accept the simple way for this change, in a quiet hour.',
      }
    }
    const renamed = fields.includes('name') || fields.includes('parent')
    if (!renamed && !isHiding) return null
    const early: Table = {
      ...to,
      name: from.name,
      parent: from.parent,
      rowSecurity: to.rowSecurity && from.rowSecurity,
      forceRowSecurity: to.forceRowSecurity && from.forceRowSecurity,
    }
    const view: View = {
      ...viewKind.sample,
      id: `${from.id} view`,
      parent: to.parent,
      name: to.name,
      query: `SELECT * FROM ${qualifiedName(from, context.from)}`,
    }
    const gates = [
      ...(renamed
        ? [`uses ${qualifiedName(to, context.to)} instead of ${qualifiedName(from, context.from)}`]
        : []),
      ...(isHiding ? [`works under the policies of ${qualifiedName(to, context.to)}`] : []),
    ]
    return {
      edits: [
        { stage: 'add', put: [early] },
        ...(renamed ? [{ stage: 'join' as const, put: [view] }] : []),
        { stage: 'finish', put: [to], remove: renamed ? [view.id] : [] },
      ],
      gates: { contract: `Deploy code that ${gates.join(' and ')}.` },
    }
  },
}
