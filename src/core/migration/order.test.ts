import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { order, Precedence } from './order.ts'

const node = (key: string, ...rank: number[]) => ({ key, rank })

describe('order', () => {
  it('follows rank where nothing else decides', () => {
    const { ordered } = order([node('c', 2), node('a', 1, 1), node('b', 1, 2)], new Precedence(), () => null)
    expect(ordered.map(({ key }) => key)).toEqual(['a', 'b', 'c'])
  })

  it('never breaks an edge of an acyclic graph', () => {
    const pairs = fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 80 })
    fc.assert(
      fc.property(pairs, fc.array(fc.nat(5), { minLength: 20, maxLength: 20 }), (edges, ranks) => {
        const precedence = new Precedence()
        const real = edges.filter(([a, b]) => a < b)
        for (const [a, b] of real) precedence.before(`${a}`, `${b}`)
        const { ordered, circular } = order(
          ranks.map((rank, key) => node(`${key}`, rank)),
          precedence,
          () => null,
        )
        expect(circular).toEqual([])
        const place = new Map(ordered.map(({ key }, index) => [key, index]))
        expect(place.size).toBe(20)
        for (const [a, b] of real) expect(place.get(`${a}`)).toBeLessThan(place.get(`${b}`) ?? -1)
      }),
    )
  })

  it('asks for help with a circle, and says what is left of it without', () => {
    const edges = new Precedence()
    edges.before('a', 'b')
    edges.before('b', 'a')
    const nodes = [node('a', 1), node('b', 2)]
    expect(order(nodes, edges, () => null).circular.map(({ key }) => key)).toEqual(['a', 'b'])
    const helped = order(nodes, edges, () => {
      edges.release('a', 'b')
      return []
    })
    expect(helped.ordered.map(({ key }) => key)).toEqual(['b', 'a'])
    expect(helped.circular).toEqual([])
  })
})
