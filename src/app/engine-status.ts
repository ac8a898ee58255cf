import { tableKind } from '../core/kinds/table/table.kind.ts'
import type { Problem } from '../core/model/problem.ts'

export interface EngineSummary {
  readonly look: 'valid' | 'warning' | 'error' | 'busy'
  readonly icon: string
  readonly text: string
}

/** What the top bar says of PostgreSQL: "PostgreSQL 18 · 5 tables · valid". */
export function summarizeEngine(
  engine: {
    readonly status: 'starting' | 'checking' | 'ready' | 'restarting' | 'failed'
    readonly version: string | null
    readonly problems: readonly Problem[]
  },
  tables: number,
): EngineSummary {
  const postgres = engine.version === null ? 'PostgreSQL' : `PostgreSQL ${engine.version.split('.')[0]}`
  const subject = `${postgres} · ${counted(tables, tableKind.label.toLowerCase())}`
  if (engine.status === 'failed') {
    return { look: 'error', icon: 'circle-x', text: `${postgres} could not start` }
  }
  if (engine.status === 'starting') {
    return { look: 'busy', icon: 'loader-circle', text: `${postgres} is starting` }
  }
  if (engine.status === 'restarting') {
    return { look: 'busy', icon: 'loader-circle', text: `${postgres} is restarting` }
  }
  const errors = engine.problems.filter((problem) => problem.severity === 'error').length
  if (errors > 0) return { look: 'error', icon: 'circle-x', text: `${subject} · ${counted(errors, 'error')}` }
  if (engine.status === 'checking')
    return { look: 'busy', icon: 'loader-circle', text: `${subject} · checking` }
  const warnings = engine.problems.filter((problem) => problem.severity === 'warning').length
  if (warnings > 0) {
    return { look: 'warning', icon: 'triangle-alert', text: `${subject} · ${counted(warnings, 'warning')}` }
  }
  return { look: 'valid', icon: 'circle-check', text: `${subject} · valid` }
}

/** "1 table", "5 tables". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
