import type { MigrationFile } from '../sequelize/migration-file.ts'
import { phaseHeader } from '../sequelize/phase-header.ts'
import type { Plan, Step } from './plan.ts'

/** The plan as scripts for psql: `up.sql` and `down.sql`, or a numbered pair for each part of a zero-downtime plan. */
export function sqlFiles(plan: Plan, header: readonly string[] = []): readonly MigrationFile[] {
  const phased = plan.parts?.some(({ phase }) => phase !== undefined) ? plan.parts : null
  const top = commentLines(header)
  if (!phased) {
    return [
      { fileName: 'up.sql', source: `${top}${scriptOf(plan.up)}` },
      { fileName: 'down.sql', source: `${top}${scriptOf(plan.down)}` },
    ]
  }
  return phased.flatMap((part, index) => {
    const name = `${String(index + 1).padStart(2, '0')}-${part.phase}`
    const place = {
      ...(part.phase === undefined ? {} : { phase: part.phase }),
      ...(part.phase === 'contract' ? { folder: part.phase } : {}),
    }
    const own = commentLines([...header, ...phaseHeader(plan, part, 'sql')])
    return [
      { ...place, fileName: `${name}.up.sql`, source: `${own}${scriptOf(part.up, lockTimeout)}` },
      { ...place, fileName: `${name}.down.sql`, source: `${top}${scriptOf(part.down, lockTimeout)}` },
    ]
  })
}

function commentLines(sentences: readonly string[]): string {
  return sentences.length === 0 ? '' : `${sentences.map((line) => `-- ${onOneLine(line)}\n`).join('')}\n`
}

/** Everybody queues behind a statement that waits for a lock: it gives up, and the file can run again. */
const lockTimeout = "SET LOCAL lock_timeout = '2s';"

/** The steps as a script for psql: one transaction around each run of steps that may be in one. */
function scriptOf(steps: readonly Step[], first?: string): string {
  const lines: string[] = []
  let isOpen = false
  for (const step of steps) {
    if (step.transactional !== isOpen) {
      lines.push(
        step.transactional ? 'BEGIN;' : 'COMMIT;',
        ...(step.transactional && first ? [first] : []),
        '',
      )
    }
    isOpen = step.transactional
    lines.push(`-- ${onOneLine(step.title)}`)
    for (const { code, message } of step.hazards) lines.push(`-- ${code}: ${onOneLine(message)}`)
    lines.push(...step.statements.map(({ sql }) => `${sql};`), '')
  }
  if (isOpen) lines.push('COMMIT;', '')
  return lines.join('\n')
}

function onOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ')
}
