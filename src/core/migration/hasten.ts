import type { OrderNode, Precedence } from './order.ts'

/**
 * What commits on its own comes before all that does not have to precede it, so that the schema that other sessions
 * see in between differs as little as possible from the old one.
 */
export function hasten(
  key: string,
  actions: readonly (OrderNode & { rank: readonly number[] })[],
  edges: Precedence,
  seen: Set<string> = new Set(),
): void {
  if (seen.has(key)) return
  seen.add(key)
  const action = actions.find((candidate) => candidate.key === key)
  if (!action) return
  action.rank = [-1, ...action.rank]
  for (const first of edges.predecessors(key)) hasten(first, actions, edges, seen)
}
