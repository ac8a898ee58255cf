import fc from 'fast-check'
import { expect, test } from 'vitest'
import { schemaPair } from '../../database/arbitrary-schema.test-kit.ts'
import { danglingObjects, integrityProblems } from '../model/integrity.ts'
import { selectChanges, withChangeLeft } from './selected-changes.ts'

const dice = fc.infiniteStream(fc.boolean())

test('any selection is a whole schema, and the rest leads on to the document', () => {
  fc.assert(
    fc.property(schemaPair, dice, ({ a, b }, thrown) => {
      const all = selectChanges(a, b)
      expect(all.document).toBe(b)
      const left = new Set([...all.states.keys()].filter(() => thrown.next().value))
      const some = selectChanges(a, b, left)
      expect([...danglingObjects(some.document.objects)]).toEqual([])
      expect(integrityProblems(some.document)).toEqual([])
      for (const [unit, { state }] of some.states) {
        if (state === 'left') expect(left).toContain(unit)
        const members = some.pending.units.get(unit) ?? []
        const end = state === 'left' ? a : b
        for (const id of members) expect(some.document.objects.get(id)).toEqual(end.objects.get(id))
      }
      const rest = selectChanges(some.document, b)
      expect(rest.document).toBe(b)
      const [first] = all.states.keys()
      if (first === undefined) return
      const without = selectChanges(a, b, withChangeLeft(all, new Set(), first))
      expect(without.states.get(first)).toEqual({ state: 'left' })
    }),
    { numRuns: 300, seed: 7 },
  )
})
