import { protocol } from '@electric-sql/pglite'
import type { PgErrorFields } from './api.ts'
import { PgError, type RawField, type RawResult, type TransactionState } from './engine.ts'

const { serialize, messages } = protocol
type Message = { readonly name: string }

/** The bytes of a simple query: one or several statements, no parameters. */
export const simpleQuery = (sql: string): Uint8Array => serialize.query(sql)

/** Parse, bind, describe, execute and sync in one go, as the unnamed statement or as one that `name` prepared. */
export function extendedQuery(
  sql: string,
  parameters: readonly (string | null)[],
  options: { readonly name?: string; readonly prepared?: boolean; readonly maxRows?: number } = {},
): Uint8Array {
  const name = options.name ?? ''
  const parts = [
    ...(options.prepared ? [] : [serialize.parse({ name, text: sql })]),
    serialize.bind({ statement: name, values: [...parameters] }),
    serialize.describe({ type: 'P' }),
    serialize.execute(options.maxRows === undefined ? {} : { rows: options.maxRows }),
    serialize.sync(),
  ]
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    all.set(part, offset)
    offset += part.length
  }
  return all
}

/** What came back from one exchange. */
export interface Reply {
  readonly results: readonly RawResult[]
  readonly error: PgError | null
  readonly transaction: TransactionState
  /** A result set was begun and neither completed nor refused. */
  readonly unfinished: boolean
}

/** Reads the server's messages up to ReadyForQuery. */
export function readReply(received: readonly Message[]): Reply {
  const results: RawResult[] = []
  let error: PgError | null = null
  let transaction: TransactionState = 'idle'
  let fields: readonly RawField[] | null = null
  let rows: (string | null)[][] = []
  const finish = (command: string, truncated: boolean) => {
    results.push({ command, fields, rows, truncated })
    fields = null
    rows = []
  }
  for (const message of received) {
    if (message instanceof messages.RowDescriptionMessage) {
      fields = message.fields.map((field) => ({
        name: field.name,
        typeOid: field.dataTypeID,
        typeModifier: field.dataTypeModifier,
      }))
    } else if (message instanceof messages.DataRowMessage) rows.push(message.fields)
    else if (message instanceof messages.CommandCompleteMessage) finish(message.text, false)
    else if (message instanceof messages.DatabaseError) error ??= new PgError(fieldsOf(message))
    else if (message instanceof messages.ReadyForQueryMessage) transaction = stateOf(message.status)
    else if (message.name === 'emptyQuery') finish('', false)
    else if (message.name === 'portalSuspended') finish('SELECT', true)
  }
  return { results, error, transaction, unfinished: error === null && results.length === 0 }
}

function stateOf(status: string): TransactionState {
  if (status === 'T') return 'open'
  return status === 'E' ? 'failed' : 'idle'
}

const textFields = 'detail hint internalQuery where schema table column dataType constraint routine'.split(
  ' ',
)
const numberFields = 'position internalPosition'.split(' ')

/** Every field of an ErrorResponse or NoticeResponse that the server sent. */
export function fieldsOf(sent: object): PgErrorFields {
  const text = (name: string): string | undefined => {
    const value: unknown = Reflect.get(sent, name)
    return typeof value === 'string' ? value : undefined
  }
  const texts = textFields.map((name) => [name, text(name)] as const)
  const numbers = numberFields.map((name) => [name, text(name)] as const)
  return {
    message: text('message') ?? '',
    severity: text('severity') ?? 'ERROR',
    code: text('code') ?? 'XX000',
    ...Object.fromEntries(texts.filter(([, value]) => value !== undefined)),
    ...Object.fromEntries(
      numbers.flatMap(([name, value]) => (value === undefined ? [] : [[name, Number(value)]])),
    ),
  }
}
