import type { Problem } from '../../model/problem.ts'
import type { Drift } from './drift.ts'
import type { ModelProblem } from './model-facts.ts'

/** A difference between a model and the schema, as every other thing that is wrong. */
export function driftProblem(drift: Drift): Problem {
  const { code, severity, object, field, message, detail } = drift
  return {
    code,
    severity,
    source: 'Models',
    message,
    ...(object === undefined ? {} : { object }),
    ...(field === undefined ? {} : { field }),
    ...(detail === undefined ? {} : { detail }),
    drift,
  }
}

/** What keeps a model from being read, with the place in its words. */
export function unreadModel({ problem, place }: ModelProblem): Problem {
  const where = place === null ? '' : `${place.path}, line ${place.line}: `
  return { ...problem, severity: 'warning', source: 'Models', message: `${where}${problem.message}` }
}
