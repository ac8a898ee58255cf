/** Items of a list or entries of a map that travel in one message: what takes a few milliseconds to be received. */
const perMessage = 1500

/** The place of a list or map whose contents were sent before, in order. */
interface Elsewhere {
  readonly elsewhere: 'list' | 'map'
  readonly messages: number
}

/**
 * What is left of an answer once its long lists and maps were given to `send` piece by piece. One long message stops
 * the page that receives it for as long as it takes to copy the whole. Values inside the pieces are no longer the same
 * objects as those elsewhere in the answer.
 */
export function sendInParts(output: unknown, send: (part: readonly unknown[]) => void): unknown {
  if (typeof output !== 'object' || output === null) return output
  if (Array.isArray(output) || output instanceof Map) {
    const items: readonly unknown[] = [...output]
    if (items.length <= perMessage) return output
    let messages = 0
    for (let at = 0; at < items.length; at += perMessage) {
      send(items.slice(at, at + perMessage))
      messages += 1
    }
    const type = Array.isArray(output) ? 'list' : 'map'
    return { elsewhere: type, messages } satisfies Elsewhere
  }
  if (Object.getPrototypeOf(output) !== Object.prototype) return output
  return Object.fromEntries(Object.entries(output).map(([key, value]) => [key, sendInParts(value, send)]))
}

/** The answer again: takes from `parts`, which came in order. */
export function joinedParts(rest: unknown, parts: (readonly unknown[])[]): unknown {
  if (typeof rest !== 'object' || rest === null || Array.isArray(rest) || rest instanceof Map) return rest
  if (Object.getPrototypeOf(rest) !== Object.prototype) return rest
  if (isElsewhere(rest)) {
    const items = parts.splice(0, rest.messages).flat()
    // The entries of a map were pairs before they were sent.
    return rest.elsewhere === 'list' ? items : new Map(items as [unknown, unknown][])
  }
  return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, joinedParts(value, parts)]))
}

function isElsewhere(value: object): value is Elsewhere {
  return 'elsewhere' in value && 'messages' in value && typeof value.messages === 'number'
}
