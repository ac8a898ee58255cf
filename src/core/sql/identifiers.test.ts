import { describe, expect, it } from 'vitest'
import { identifiersIn, renameIdentifiers } from './identifiers.ts'

const names = (text: string) => identifiersIn(text).map(({ name }) => name)

describe('identifiersIn', () => {
  it('folds bare names and unquotes quoted ones', () => {
    expect(names('Status = "Mixed""Case" AND x$1 > 0')).toEqual(['status', 'Mixed"Case', 'x$1'])
  })
  it('sees nothing in strings, comments, numbers and dollar quotes', () => {
    expect(
      names(`a = 'b c' -- d\n /* e /* f */ g */ || E'h\\'i' || $t$ j $t$ || 1.5e3 || $$k$$ || l`),
    ).toEqual(['a', 'l'])
  })
  it('reads names in strings that PostgreSQL reads as names', () => {
    expect(names(`nextval('app."Seq"'::regclass)`)).toEqual(['nextval', 'app', 'Seq', 'regclass'])
    expect(names(`to_regclass('accounts')`)).toEqual(['to_regclass', 'accounts'])
    expect(names(`'accounts'::text`)).toEqual(['text'])
  })
  it('sees no keyword, but a name in quotes and a function that is called', () => {
    expect(names('left("left", 1) LEFT JOIN coalesce')).toEqual(['left', 'left', 'coalesce'])
  })
  it('tells qualifiers and calls', () => {
    const [, column, call] = identifiersIn('t.c = f (1)')
    expect(column).toMatchObject({ name: 'c', qualifier: 't', called: false })
    expect(call).toMatchObject({ name: 'f', qualifier: null, called: true })
  })
})

describe('renameIdentifiers', () => {
  it('quotes the new name where needed and leaves the rest untouched', () => {
    const renamed = renameIdentifiers(`old > 0 AND 'old' <> "old" /* old */`, ({ name }) =>
      name === 'old' ? 'New "one"' : undefined,
    )
    expect(renamed).toBe(`"New ""one""" > 0 AND 'old' <> "New ""one""" /* old */`)
  })
  it('leaves keywords alone that read like a name', () => {
    const text = `SELECT CASE WHEN a THEN "end" END FROM "order" ORDER BY "order"."end", user`
    const names = new Map([
      ['order', 'orders'],
      ['end', 'finished'],
      ['user', 'users'],
    ])
    expect(renameIdentifiers(text, ({ name }) => names.get(name))).toBe(
      'SELECT CASE WHEN a THEN finished END FROM orders ORDER BY orders.finished, user',
    )
    expect(renameIdentifiers(`'user'::regclass`, ({ name }) => names.get(name))).toBe(`'users'::regclass`)
  })
  it('escapes a name inside a string', () => {
    expect(
      renameIdentifiers(`nextval('s'::regclass)`, ({ name }) => (name === 's' ? "it's" : undefined)),
    ).toBe(`nextval('"it''s"'::regclass)`)
  })
})
