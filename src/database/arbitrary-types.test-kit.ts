import { type PgType, pgType } from '../core/model/pg-type.ts'

export interface TypeChoice {
  readonly type: PgType
  readonly value: string
  readonly family: 'number' | 'text' | 'other'
  readonly identity?: boolean
  readonly ordered?: boolean
  /** Its values may be too large for their row, so that it has storage options. */
  readonly large?: boolean
}

/** Column types of random schemas, each with a default. A number beyond them means the enum. */
export const choices: readonly TypeChoice[] = [
  { type: pgType('integer'), value: '7', family: 'number', identity: true, ordered: true },
  { type: pgType('bigint'), value: "'42'::bigint", family: 'number', identity: true, ordered: true },
  { type: pgType('smallint'), value: '1', family: 'number', identity: true, ordered: true },
  { type: pgType('numeric', '12,2'), value: '0.5', family: 'number', ordered: true },
  { type: pgType('numeric'), value: '1', family: 'number', ordered: true },
  { type: pgType('double precision'), value: '1.5', family: 'number', ordered: true },
  { type: pgType('text'), value: "'a;b''c'", family: 'text', ordered: true, large: true },
  { type: pgType('varchar', '50'), value: "'x'", family: 'text', ordered: true, large: true },
  { type: pgType('char', '3'), value: "'USD'", family: 'text', ordered: true },
  { type: pgType('uuid'), value: 'gen_random_uuid()', family: 'other', ordered: true },
  { type: pgType('boolean'), value: 'true', family: 'other', ordered: true },
  { type: pgType('date'), value: 'CURRENT_DATE', family: 'other', ordered: true },
  { type: pgType('timestamptz', '3'), value: 'now()', family: 'other', ordered: true },
  { type: pgType('timestamp'), value: 'now()', family: 'other', ordered: true },
  { type: pgType('jsonb'), value: "'{}'", family: 'other', large: true },
  { type: pgType('bytea'), value: "'\\x00'", family: 'other', ordered: true, large: true },
  { type: pgType('inet'), value: "'10.0.0.1'", family: 'other', ordered: true },
]
