import type { Online } from '../online.ts'
import type { FunctionObject } from './function.kind.ts'

export const functionOnline: Online<FunctionObject> = {
  /** Other arguments make another function: both are there until nobody calls the old one. */
  changed(from, to, fields, context) {
    if (!fields.includes('arguments') && !fields.includes('name')) return null
    const beside = context.like(to, (copy) => ({ ...copy, id: `${to.id}~new` }))
    const old = `${from.id}~old`
    const becomes = new Map([
      [from.id, old],
      [beside.id, to.id],
    ])
    return {
      edits: [
        { stage: 'add', put: [beside] },
        { stage: 'finish', becomes, put: [to], remove: [old] },
      ],
      gates: { contract: `Deploy code that calls ${to.name}(${to.arguments}).` },
    }
  },
}
