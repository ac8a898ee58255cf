import { kindOf } from '../../core/kinds/registry.ts'
import type { Problem } from '../../core/model/problem.ts'
import type { Schema } from '../../core/model/schema.ts'

/** A problem as a line of the list; the same complaint about several objects is one line. */
export interface ProblemRow {
  readonly key: string
  readonly problem: Problem
  /** All objects it is about. */
  readonly objects: readonly string[]
  /** "leads.source", "5 objects". */
  readonly place: string
}

const ranks = { error: 0, blocked: 1, warning: 2, info: 3 } as const

/** Errors first, then what waits for them, warnings and information; within each in the order they were found. */
export function problemRows(
  problems: readonly Problem[],
  schema: Schema,
  filter: string,
): readonly ProblemRow[] {
  const groups = new Map<string, Problem[]>()
  for (const [index, problem] of problems.entries()) {
    // A fix is for one object, so problems with one are never put together.
    const key =
      problem.fix || problem.source !== 'Lint' ? String(index) : `${problem.code} ${problem.message}`
    const group = groups.get(key)
    if (group) group.push(problem)
    else groups.set(key, [problem])
  }
  const wanted = filter.trim().toLowerCase()
  return [...groups]
    .flatMap(([key, [problem, ...more]]): readonly ProblemRow[] => {
      if (!problem) return []
      const objects = [problem, ...more].flatMap(({ object }) => object ?? [])
      const place = objects.length > 1 ? `${objects.length} objects` : placeName(objects[0], schema)
      return [{ key, problem, objects, place }]
    })
    .filter(({ problem, place }) =>
      [problem.message, problem.code, problem.source, place].some((text) =>
        text.toLowerCase().includes(wanted),
      ),
    )
    .toSorted((a, b) => ranks[a.problem.severity] - ranks[b.problem.severity])
}

/** The object's name with those it lives in, without the schema: "leads.source". */
export function placeName(id: string | undefined, schema: Schema): string {
  const object = id === undefined ? undefined : schema.get(id)
  if (!object) return ''
  const parent = object.parent === null ? undefined : schema.get(object.parent)
  return parent && !kindOf(parent).foundation && kindOf(object).mentionedBy === 'siblings'
    ? `${parent.name}.${object.name}`
    : object.name
}
