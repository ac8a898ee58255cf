/** What a parser of DBML gives of a text, as far as an import reads it. */
export interface DbmlDatabase {
  readonly tables: readonly DbmlTable[]
  readonly tablePartials: readonly DbmlTable[]
  readonly enums: readonly DbmlEnum[]
  readonly refs: readonly DbmlRef[]
  readonly tableGroups: readonly DbmlNamed[]
  readonly notes: readonly DbmlNamed[]
  readonly records: readonly { readonly tableName: string; readonly token: DbmlToken }[]
}

export interface DbmlToken {
  readonly start: { readonly line: number; readonly offset: number }
}

interface DbmlNamed {
  readonly name: string | null
  readonly token: DbmlToken
}

interface DbmlNote {
  readonly value: string
}

export interface DbmlTable {
  readonly name: string
  readonly schemaName?: string | null
  readonly fields: readonly DbmlColumn[]
  readonly indexes: readonly DbmlIndex[]
  readonly checks: readonly DbmlCheck[]
  readonly partials?: readonly { readonly name: string; readonly order: number }[]
  readonly headerColor?: string
  readonly note?: DbmlNote
  readonly token: DbmlToken
}

export interface DbmlColumn {
  readonly name: string
  readonly type: { readonly schemaName: string | null; readonly type_name: string }
  readonly pk?: boolean
  readonly unique?: boolean
  readonly not_null?: boolean
  readonly increment?: boolean
  readonly dbdefault?: { readonly type: string; readonly value: number | string }
  readonly checks: readonly DbmlCheck[]
  readonly note?: DbmlNote
  readonly token: DbmlToken
}

export interface DbmlCheck {
  readonly name?: string
  readonly expression: string
  readonly token: DbmlToken
}

export interface DbmlIndex {
  readonly columns: readonly { readonly value: string; readonly type: string; readonly token: DbmlToken }[]
  readonly unique?: boolean
  readonly pk?: boolean
  readonly name?: string
  readonly type?: string
  readonly note?: DbmlNote
  readonly token: DbmlToken
}

export interface DbmlEnum {
  readonly name: string
  readonly schemaName: string | null
  readonly values: readonly { readonly name: string; readonly note?: DbmlNote; readonly token: DbmlToken }[]
  readonly token: DbmlToken
}

export interface DbmlRef {
  readonly name?: string | null
  readonly endpoints: readonly DbmlEndpoint[]
  readonly onDelete?: string
  readonly onUpdate?: string
  readonly inactive?: boolean
  readonly token: DbmlToken
}

export interface DbmlEndpoint {
  readonly schemaName: string | null
  readonly tableName: string
  readonly fieldNames: readonly string[]
  /** `1`, `*`, `0..1` */
  readonly relation: string
}
