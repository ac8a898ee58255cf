import { quoteText } from '../../sql/quote.ts'
import type { Online, OnlineContext } from '../online.ts'
import { type Enum, isEnum } from './enum.kind.ts'
import { alterLabels } from './enum.labels.ts'

export const enumOnline: Online<Enum> = {
  changed(from, to, fields) {
    if (!fields.includes('labels')) return null
    // PostgreSQL has no way to take a label back but a new type, for which it rewrites every table.
    if (keepsLabels(from, to)) {
      // Only the new labels stay when this is undone: the name waits for the end.
      const early: Enum = { ...to, name: from.name, parent: from.parent }
      return { edits: [{ stage: 'add', put: [early], stays: true }] }
    }
    return {
      asks: 'accept',
      field: 'labels',
      message: `A label of ${from.name} cannot change its name while old and new code use it.`,
      hint: 'Add the new label, deploy code that reads both and writes the new one, then remove the old label. Or accept the simple way, in a quiet hour.',
    }
  },

  isRemade: (from, to, fields) =>
    fields.includes('labels') &&
    !keepsLabels(from, to) &&
    to.labels.every((label) => from.labels.includes(label)),

  /** Under a spare name until every column has moved to it. */
  added(type, context) {
    const old = context.from.find(`${type.id}~old`, isEnum)
    if (!old) return null
    const lost = lostLabels(old, type)
    if (lost.length > 0 && context.backfill(type.id) === null) {
      return {
        asks: 'backfill',
        field: 'labels',
        message: `What do rows get that hold ${spokenLabels(lost)}?`,
        hint: `Give an expression for a label that stays, such as ${quoteText(type.labels[0] ?? '')}.`,
      }
    }
    const passing: Enum = { ...type, name: context.spareName(type.name, 'new') }
    const retired: Enum = { ...old, name: context.spareName(type.name, 'old') }
    return {
      edits: [
        { stage: 'add', put: [passing] },
        { stage: 'tidy', put: [type, retired] },
      ],
      ...(lost.length > 0
        ? { gates: { backfill: `Deploy code that no longer writes ${spokenLabels(lost)} as ${type.name}.` } }
        : {}),
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

/** The value `text`, the label of one type, as that of the other: labels that are gone become what a person chose. */
export function relabelled(text: string, from: Enum, to: Enum, context: OnlineContext): string {
  const lost = lostLabels(from, to)
  const chosen = context.backfill(to.id)
  if (lost.length === 0 || chosen === null) return text
  return `CASE WHEN ${text} IN (${lost.map(quoteText).join(', ')}) THEN (${chosen}) ELSE ${text} END`
}

function lostLabels(from: Enum, to: Enum): readonly string[] {
  return from.labels.filter((label) => !to.labels.includes(label))
}

function spokenLabels(labels: readonly string[]): string {
  return labels.map((label) => `“${label}”`).join(' or ')
}

/** Every old label is still there, in the old order. */
function keepsLabels(from: Enum, to: Enum): boolean {
  const kept = to.labels.filter((label) => from.labels.includes(label))
  return kept.length === from.labels.length && kept.every((label, place) => label === from.labels[place])
}
