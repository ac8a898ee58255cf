import type { Online } from '../online.ts'
import type { Enum } from './enum.kind.ts'
import { alterLabels } from './enum.labels.ts'

export const enumOnline: Online<Enum> = {
  changed(from, to, fields) {
    if (!fields.includes('labels')) return null
    // PostgreSQL has no way to take a label back but a new type, for which it rewrites every table.
    if (keepsLabels(from, to)) return { edits: [{ stage: 'add', put: [to], stays: true }] }
    return {
      asks: 'accept',
      field: 'labels',
      message: `Labels of ${from.name} cannot go, move or change their name while old and new code use them.`,
      hint: 'Keep the label: add the new one, fill the rows with it, and forbid the old one by a check on the column. Or accept the simple way, in a quiet hour.',
    }
  },
  alter: {
    labels: {
      statements(from, to, schema) {
        const made = alterLabels.statements(from, to, schema)
        if (made === 'replace') throw new Error(`The labels of ${from.name} cannot be changed in place`)
        return made.map((one) => ({
          ...one,
          sql: one.sql.replace(' ADD VALUE ', ' ADD VALUE IF NOT EXISTS '),
        }))
      },
    },
  },
}

/** Every old label is still there, in the old order. */
function keepsLabels(from: Enum, to: Enum): boolean {
  const kept = to.labels.filter((label) => from.labels.includes(label))
  return kept.length === from.labels.length && kept.every((label, place) => label === from.labels[place])
}
