import { describe, expect, it } from 'vitest'
import {
  mapTypeName,
  type PgType,
  parsePgType,
  pgType,
  printPgType,
  samePgType,
  serialBase,
} from './pg-type.ts'

const none = () => null
const parse = (text: string) => parsePgType(text, none)
const print = (type: PgType) => printPgType(type, (id) => `<${id}>`)
const type = (base: string, modifiers = '', dimensions = 0): PgType => ({
  base,
  modifiers,
  dimensions,
  ref: null,
})

describe('reading a type', () => {
  it.each<[string, PgType, string]>([
    ['int', type('integer'), 'integer'],
    ['INT4', type('integer'), 'integer'],
    ['pg_catalog.int8', type('bigint'), 'bigint'],
    ['varchar(255)', type('character varying', '255'), 'varchar(255)'],
    ['Character  Varying ( 255 )', type('character varying', '255'), 'varchar(255)'],
    ['char varying', type('character varying'), 'varchar'],
    ['char', type('character'), 'char'],
    ['char(10)', type('character', '10'), 'char(10)'],
    ['bpchar', type('bpchar'), 'bpchar'],
    ['bpchar(3)', type('character', '3'), 'char(3)'],
    ['"char"', type('"char"'), '"char"'],
    ['pg_catalog."char"', type('"char"'), '"char"'],
    ['bit', type('bit'), 'bit'],
    ['bit(3)', type('bit', '3'), 'bit(3)'],
    ['bit varying(5)', type('bit varying', '5'), 'varbit(5)'],
    ['numeric(12, 2)', type('numeric', '12,2'), 'numeric(12,2)'],
    ['decimal(3,-2)', type('numeric', '3,-2'), 'numeric(3,-2)'],
    ['float', type('double precision'), 'double precision'],
    ['float(24)', type('real'), 'real'],
    ['float(25)', type('double precision'), 'double precision'],
    ['float(99)', type('float', '99'), 'float(99)'],
    ['float8', type('double precision'), 'double precision'],
    ['double precision', type('double precision'), 'double precision'],
    ['timestamp', type('timestamp without time zone'), 'timestamp'],
    ['timestamp(3) with time zone', type('timestamp with time zone', '3'), 'timestamptz(3)'],
    ['timestamptz(0)', type('timestamp with time zone', '0'), 'timestamptz(0)'],
    ['time(6) without time zone[]', type('time without time zone', '6', 1), 'time(6)[]'],
    ['interval', type('interval'), 'interval'],
    ['interval(3)', type('interval', '3'), 'interval(3)'],
    ['interval year to month', type('interval year to month'), 'interval year to month'],
    ['INTERVAL day TO second(3)', type('interval day to second', '3'), 'interval day to second(3)'],
    ['text[]', type('text', '', 1), 'text[]'],
    ['int[3][4]', type('integer', '', 2), 'integer[][]'],
    ['integer ARRAY', type('integer', '', 1), 'integer[]'],
    ['integer array[3]', type('integer', '', 1), 'integer[]'],
    ['varchar(10) []', type('character varying', '10', 1), 'varchar(10)[]'],
    ['citext', type('citext'), 'citext'],
    ['public.citext', type('citext'), 'citext'],
    ['extensions.vector(3)', type('extensions.vector', '3'), 'extensions.vector(3)'],
    ['geometry(Point, 4326)', type('geometry', 'Point,4326'), 'geometry(Point,4326)'],
    ['app."My Type"', type('app."My Type"'), 'app."My Type"'],
    ['"Quo""ted"[]', type('"Quo""ted"', '', 1), '"Quo""ted"[]'],
    ['"integer"', type('"integer"'), '"integer"'],
    ['no such thing', type('no such thing'), 'no such thing'],
    ['int)', type('int)'), 'int)'],
  ])('%s', (text, expected, printed) => {
    expect(parse(text)).toEqual(expected)
    expect(print(parse(text))).toBe(printed)
    expect(parse(printed)).toEqual(expected)
  })

  it('resolves user types by their path, whatever the quoting', () => {
    const asked: (readonly string[])[] = []
    const find = (path: readonly string[]) => {
      asked.push(path)
      return path.at(-1) === 'Mood' ? 'mood-id' : null
    }
    expect(parsePgType('app . "Mood" [ ]', find)).toEqual({
      base: 'Mood',
      modifiers: '',
      dimensions: 1,
      ref: 'mood-id',
    })
    expect(print(parsePgType('"Mood"', find))).toBe('<mood-id>')
    parsePgType('APP.Thing', find)
    expect(asked).toEqual([['app', 'Mood'], ['Mood'], ['app', 'thing']])
  })

  it('never asks for a built-in type: pg_catalog comes first in every search path', () => {
    const find = (): string => {
      throw new Error('asked')
    }
    expect(parsePgType('date', find).base).toBe('date')
    expect(parsePgType('"uuid"', find).base).toBe('uuid')
  })
})

describe('serial', () => {
  it('is no type: printed so that PostgreSQL refuses it', () => {
    expect(serialBase(parse('bigserial'))).toBe('bigint')
    expect(serialBase(parse('bigint'))).toBeNull()
    expect(print(parse('SERIAL'))).toBe('pg_catalog.serial')
  })
})

describe('the name of a type', () => {
  it('is replaced as SQL writes it, and only where it is a user’s', () => {
    const change = (name: string) =>
      name === '"Mood"' ? '"Fee""ling"' : name === 'app.email' ? 'app.mail' : 'plain'
    expect(mapTypeName({ ...parse('x'), base: 'Mood', ref: 'm' }, change).base).toBe('Fee"ling')
    expect(mapTypeName({ ...parse('x'), base: 'mood', ref: 'm' }, change).base).toBe('plain')
    expect(mapTypeName(parse('app.email[]'), change)).toEqual(parse('app.mail[]'))
    expect(mapTypeName(parse('text'), change)).toEqual(parse('text'))
  })
})

describe('sameness', () => {
  it('goes by the object of a user type, not by its name', () => {
    const before: PgType = { base: 'mood', modifiers: '', dimensions: 0, ref: 'm' }
    expect(samePgType(before, { ...before, base: 'feeling' })).toBe(true)
    expect(samePgType(before, { ...before, ref: 'other' })).toBe(false)
    expect(samePgType(parse('text[]'), parse('text[][]'))).toBe(true)
    expect(samePgType(parse('varchar(3)'), parse('varchar(4)'))).toBe(false)
  })

  it('builds built-in types by name', () => {
    expect(pgType('varchar', '255')).toEqual(parse('varchar(255)'))
  })
})
