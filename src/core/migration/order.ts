/** One node of an order: it comes as early as its `rank` allows once everything before it is placed. */
export interface OrderNode {
  readonly key: string
  /** Compared element by element; lower first. */
  readonly rank: readonly number[]
}

/** Edges of an order: `before(a, b)` says that a comes before b. Unknown keys and self-edges are ignored. */
export class Precedence {
  readonly #after = new Map<string, Set<string>>()
  readonly #before = new Map<string, Set<string>>()

  before(first: string, second: string): void {
    if (first === second) return
    add(this.#after, first, second)
    add(this.#before, second, first)
  }

  successors(key: string): ReadonlySet<string> {
    return this.#after.get(key) ?? none
  }

  predecessors(key: string): ReadonlySet<string> {
    return this.#before.get(key) ?? none
  }

  /** Forgets one edge, to break a circle. */
  release(first: string, second: string): void {
    this.#after.get(first)?.delete(second)
    this.#before.get(second)?.delete(first)
  }
}

const none: ReadonlySet<string> = new Set()

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const values = map.get(key)
  if (values) values.add(value)
  else map.set(key, new Set([value]))
}

/**
 * A topological order, lowest rank first (Kahn's algorithm with a heap). Where only circles are left, `unblock` is
 * called with the nodes stuck in them: it must release an edge and return the nodes that this made (maybe none), or
 * return null to give up. Then the rest follows by rank and is listed in `circular`.
 */
export function order<N extends OrderNode>(
  nodes: readonly N[],
  edges: Precedence,
  unblock: (stuck: readonly N[]) => readonly N[] | null,
): { readonly ordered: readonly N[]; readonly circular: readonly N[] } {
  const byKey = new Map(nodes.map((node) => [node.key, node]))
  const placed = new Set<string>()
  const ready = new Heap<N>()
  const queued = new Set<string>()
  const isReady = (key: string) => {
    for (const first of edges.predecessors(key)) if (byKey.has(first) && !placed.has(first)) return false
    return true
  }
  const queue = (node: N) => {
    if (queued.has(node.key) || !isReady(node.key)) return
    queued.add(node.key)
    ready.push(node)
  }
  for (const node of nodes) queue(node)
  const ordered: N[] = []
  for (;;) {
    const node = ready.pop()
    if (node) {
      ordered.push(node)
      placed.add(node.key)
      for (const key of edges.successors(node.key)) {
        const next = byKey.get(key)
        if (next) queue(next)
      }
      continue
    }
    const stuck = [...byKey.values()].filter(({ key }) => !placed.has(key))
    if (stuck.length === 0) return { ordered, circular: [] }
    const made = unblock(stuck)
    if (!made) {
      const rest = stuck.toSorted((a, b) => compareRanks(a.rank, b.rank))
      return { ordered: [...ordered, ...rest], circular: rest }
    }
    for (const fresh of made) byKey.set(fresh.key, fresh)
    for (const waiting of [...stuck, ...made]) queue(waiting)
  }
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < a.length; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** A binary heap by rank; equal ranks come out in the order in which they went in. */
class Heap<N extends OrderNode> {
  readonly #items: { readonly node: N; readonly turn: number }[] = []
  #turn = 0

  push(node: N): void {
    this.#items.push({ node, turn: this.#turn })
    this.#turn += 1
    let at = this.#items.length - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!this.#less(at, parent)) break
      this.#swap(at, parent)
      at = parent
    }
  }

  pop(): N | undefined {
    const top = this.#items[0]
    const last = this.#items.pop()
    if (!top || !last || top === last) return top?.node
    this.#items[0] = last
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      let least = at
      if (left < this.#items.length && this.#less(left, least)) least = left
      if (left + 1 < this.#items.length && this.#less(left + 1, least)) least = left + 1
      if (least === at) return top.node
      this.#swap(at, least)
      at = least
    }
  }

  #less(a: number, b: number): boolean {
    const first = this.#items[a]
    const second = this.#items[b]
    if (!first || !second) return false
    const difference = compareRanks(first.node.rank, second.node.rank)
    return difference === 0 ? first.turn < second.turn : difference < 0
  }

  #swap(a: number, b: number): void {
    const first = this.#items[a]
    const second = this.#items[b]
    if (!first || !second) return
    this.#items[a] = second
    this.#items[b] = first
  }
}
