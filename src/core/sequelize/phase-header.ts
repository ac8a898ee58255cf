import { phases } from '../kinds/online.ts'
import type { Plan, PlanPart } from '../migration/plan.ts'

/** Where the file stands among the phases, and what must be deployed before it runs. */
export function phaseHeader(
  plan: Plan,
  { phase }: PlanPart,
  form: 'sequelize' | 'sql',
  folder = 'migrations',
): readonly string[] {
  if (phase === undefined) return []
  const present = phases.filter((known) => plan.parts?.some((part) => part.phase === known))
  const place = present.indexOf(phase)
  const gates = plan.gates?.[phase] ?? []
  const gate = gates.length > 0 ? [`Before it runs: ${gates.join(' ')}`] : []
  const free = gates.length === 0 && place > 0 ? ['No deploy is needed before it.'] : []
  const apart =
    phase === 'contract' && form === 'sequelize'
      ? [
          `Its folder is apart, so that it waits: sequelize-cli db:migrate --migrations-path ${folder}/contract`,
        ]
      : []
  return [`Phase ${place + 1} of ${present.length}: ${phase}.`, ...gate, ...free, ...apart]
}
