const encoder = new TextEncoder()

/** A simple query: several statements in one string are one implicit transaction (docs 54.2.2.1). */
export function simpleQuery(sql: string): Uint8Array {
  return message('Q', cString(sql))
}

/** Parse, Bind, Describe, Execute and Sync of the unnamed statement, all values as text (docs 54.7). */
export function extendedQuery(sql: string, values: readonly (string | null)[]): Uint8Array {
  return concatenate([
    message('P', cString(''), cString(sql), int16(0)),
    message(
      'B',
      cString(''),
      cString(''),
      int16(0),
      int16(values.length),
      ...values.map(parameter),
      int16(0),
    ),
    message('D', encoder.encode('P'), cString('')),
    message('E', cString(''), int32(0)),
    message('S'),
  ])
}

function parameter(value: string | null): Uint8Array {
  if (value === null) return int32(-1)
  const bytes = encoder.encode(value)
  return concatenate([int32(bytes.length), bytes])
}

function message(type: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const body = concatenate(parts)
  return concatenate([encoder.encode(type), int32(body.length + 4), body])
}

function cString(text: string): Uint8Array {
  return concatenate([encoder.encode(text), new Uint8Array(1)])
}

function int16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 255)
}

function int32(value: number): Uint8Array {
  return Uint8Array.of(value >> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255)
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    bytes.set(part, offset)
    offset += part.length
  }
  return bytes
}
