import { type PlanChoices, planMigration, type SettledSchema } from '../core/migration/plan-migration.ts'
import { quoteName } from '../core/sql/quote.ts'

/** Answers what a zero-downtime plan asks: any expression for rows, the simple way where there is no other. */
export function answersTo(from: SettledSchema, to: SettledSchema): PlanChoices {
  const simple = new Set<string>()
  const backfills = new Map<string, string>()
  const choices: PlanChoices = { mode: 'zero-downtime', simple, backfills }
  for (;;) {
    const plan = planMigration(from, to, choices)
    const asked = (plan.changes ?? []).flatMap(({ id, question }) => (question ? [{ id, ...question }] : []))
    if (asked.length === 0) return choices
    for (const { id, asks } of asked) {
      if (asks === 'accept') simple.add(id)
      else backfills.set(id, `CASE WHEN false THEN ${quoteName(to.written.objects.get(id)?.name ?? '')} END`)
    }
  }
}
