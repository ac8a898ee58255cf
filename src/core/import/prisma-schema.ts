import { quoteText } from '../sql/quote.ts'
import type {
  ForeignColumn,
  ForeignIndex,
  ForeignKeyList,
  ForeignLoss,
  ForeignName,
  ForeignReference,
  ForeignSchema,
  ForeignTable,
} from './foreign-schema.ts'
import { sqlName } from './foreign-schema.ts'
import type { PrismaAttribute, PrismaBlock, PrismaField, PrismaFile, PrismaValue } from './prisma-parser.ts'

/** Prisma's types as its PostgreSQL connector makes them. */
const scalars: ReadonlyMap<string, string> = new Map(
  Object.entries({
    String: 'text',
    Boolean: 'boolean',
    Int: 'integer',
    BigInt: 'bigint',
    Float: 'double precision',
    Decimal: 'numeric(65,30)',
    DateTime: 'timestamp(3)',
    Json: 'jsonb',
    Bytes: 'bytea',
  }),
)

/** Names after `@db.` that are not the type's own in lower case. */
const nativeTypes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    DoublePrecision: 'double precision',
    Timestamp: 'timestamp',
    Timestamptz: 'timestamptz',
    Decimal: 'numeric',
  }),
)

const serials: ReadonlyMap<string, string> = new Map(
  Object.entries({
    smallint: 'smallserial',
    integer: 'serial',
    bigint: 'bigserial',
  }),
)

const actions: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Cascade: 'CASCADE',
    Restrict: 'RESTRICT',
    NoAction: 'NO ACTION',
    SetNull: 'SET NULL',
    SetDefault: 'SET DEFAULT',
  }),
)

/** What `prisma migrate` would make of the schema on PostgreSQL. */
export function prismaSchema(file: PrismaFile): ForeignSchema {
  return new Reading(file).schema()
}

class Reading {
  readonly #models: ReadonlyMap<string, PrismaBlock>
  readonly #enums: ReadonlyMap<string, PrismaBlock>
  readonly #others: readonly PrismaBlock[]
  readonly #losses: ForeignLoss[] = []

  constructor({ blocks }: PrismaFile) {
    const of = (keyword: string) => blocks.filter((block) => block.keyword === keyword)
    this.#models = new Map(of('model').map((block) => [block.name, block]))
    this.#enums = new Map(of('enum').map((block) => [block.name, block]))
    this.#others = [...of('view'), ...of('type')]
  }

  schema(): ForeignSchema {
    for (const { keyword, name, line } of this.#others) {
      const reason =
        keyword === 'view'
          ? 'Prisma does not say what the view selects'
          : 'Composite types are not of PostgreSQL'
      this.#lose(keyword, name, reason, line)
    }
    const models = [...this.#models.values()]
    const enums = [...this.#enums.values()].map((block) => ({
      ...nameOf(block),
      labels: block.fields.map((field) => mapped(field.attributes) ?? field.name),
      line: block.line,
    }))
    const links = models.flatMap((model) => this.#links(model))
    return {
      enums,
      tables: [...models.map((model) => this.#table(model)), ...links.map(({ table }) => table)],
      references: [
        ...models.flatMap((model) => this.#references(model)),
        ...links.flatMap(({ references }) => references),
      ],
      losses: this.#losses,
    }
  }

  #lose(kind: string, name: string, reason: string, line: number): void {
    this.#losses.push({ kind, name, reason, line })
  }

  #table(model: PrismaBlock): ForeignTable {
    const { schema, name } = nameOf(model)
    const columns = model.fields.flatMap((field) => this.#column(field, model))
    return {
      schema,
      name,
      comment: model.comment,
      columns,
      keys: this.#keys(model, name),
      checks: [],
      indexes: model.attributes
        .filter((attribute) => attribute.name === 'index')
        .map((attribute) => this.#index(attribute, model, name)),
      line: model.line,
    }
  }

  /** Nothing for a relation, which is no column. */
  #column(field: PrismaField, model: PrismaBlock): readonly ForeignColumn[] {
    const place = `${model.name}.${field.name}`
    const type = this.#type(field, place)
    if (type === null) return []
    const given = attribute(field.attributes, 'default')
    const value = given?.arguments[0]?.value
    const counts = value?.type === 'word' && value.text === 'autoincrement'
    if (attribute(field.attributes, 'updatedAt')) {
      this.#lose('attribute', place, '@updatedAt is kept by the Prisma client', field.line)
    }
    return [
      {
        name: mapped(field.attributes) ?? field.name,
        type: counts ? (serials.get(type) ?? type) : type,
        notNull: !field.isOptional && !field.isList,
        default: value === undefined || counts ? null : this.#default(value, field, place),
        counts: false,
        comment: field.comment,
        line: field.line,
      },
    ]
  }

  #type(field: PrismaField, place: string): string | null {
    const list = field.isList ? '[]' : ''
    if (field.unsupported !== null) return `${field.unsupported}${list}`
    const enumeration = this.#enums.get(field.type)
    if (enumeration) return `${sqlName(nameOf(enumeration))}${list}`
    const native = field.attributes.find(({ name }) => name.startsWith('db.'))
    const scalar = scalars.get(field.type)
    if (scalar === undefined) {
      if (!this.#models.has(field.type)) {
        this.#lose('field', place, `There is no type ${field.type}`, field.line)
      }
      return null
    }
    if (!native) return `${scalar}${list}`
    const word = native.name.slice('db.'.length)
    const modifiers = native.arguments.map(({ value }) => ('text' in value ? value.text : '')).join(', ')
    return `${nativeTypes.get(word) ?? word.toLowerCase()}${modifiers === '' ? '' : `(${modifiers})`}${list}`
  }

  #default(value: PrismaValue, field: PrismaField, place: string): string | null {
    switch (value.type) {
      case 'text':
        return quoteText(value.text)
      case 'number':
        return value.text
      case 'list': {
        const items = value.items.map((item) => this.#default(item, field, place))
        return items.length === 0 ? "'{}'" : `ARRAY[${items.join(', ')}]`
      }
      case 'word':
        return this.#wordDefault(value, field, place)
    }
  }

  #wordDefault(
    { text, arguments: given }: Extract<PrismaValue, { type: 'word' }>,
    field: PrismaField,
    place: string,
  ): string | null {
    if (text === 'true' || text === 'false') return text
    if (text === 'now') return 'CURRENT_TIMESTAMP'
    if (text === 'dbgenerated') {
      const [first] = given
      return first?.value.type === 'text' ? first.value.text : null
    }
    const enumeration = this.#enums.get(field.type)
    const label = enumeration?.fields.find(({ name }) => name === text)
    if (label) return quoteText(mapped(label.attributes) ?? label.name)
    this.#lose('default', place, `${text}() is made by the Prisma client, not by the database`, field.line)
    return null
  }

  #keys(model: PrismaBlock, table: string): readonly ForeignKeyList[] {
    const key = (isPrimary: boolean, from: PrismaAttribute, columns: readonly string[]): ForeignKeyList => {
      const usual = isPrimary ? `${table}_pkey` : `${table}_${columns.join('_')}_key`
      return { isPrimary, name: textOf(from, 'map') ?? usual, columns, line: from.line }
    }
    return [
      ...model.fields.flatMap((field) =>
        field.attributes
          .filter(({ name }) => name === 'id' || name === 'unique')
          .map((from) => key(from.name === 'id', from, [mapped(field.attributes) ?? field.name])),
      ),
      ...model.attributes
        .filter(({ name }) => name === 'id' || name === 'unique')
        .map((from) => key(from.name === 'id', from, columnsOf(listOf(from, 'fields'), model))),
    ]
  }

  #index(from: PrismaAttribute, model: PrismaBlock, table: string): ForeignIndex {
    const fields = listOf(from, 'fields')
    const columns = columnsOf(fields, model)
    const method = wordOf(from, 'type')?.toLowerCase() ?? null
    const usual = `${table}_${columns.join('_')}_idx`
    return {
      name: textOf(from, 'map') ?? usual,
      isUnique: false,
      method,
      keys: columns.map((column, place) => {
        const field = fields[place]
        const settings = field?.type === 'word' ? field.arguments : []
        for (const { name } of settings) {
          if (name === 'ops') {
            this.#lose('index', textOf(from, 'map') ?? usual, `ops of ${column} is left out`, from.line)
          }
        }
        const isDescending = settings.some(
          ({ name, value }) => name === 'sort' && value.type === 'word' && value.text === 'Desc',
        )
        return isDescending ? { column, order: 'desc' as const } : { column }
      }),
      comment: null,
      line: from.line,
    }
  }

  #references(model: PrismaBlock): readonly ForeignReference[] {
    const from = nameOf(model)
    return model.fields.flatMap((field) => {
      const target = this.#models.get(field.type)
      const relation = attribute(field.attributes, 'relation')
      if (!target || !relation) return []
      const columns = columnsOf(listOf(relation, 'fields', false), model)
      if (columns.length === 0) return []
      return [
        {
          name: textOf(relation, 'map') ?? `${from.name}_${columns.join('_')}_fkey`,
          from,
          columns,
          to: nameOf(target),
          toColumns: columnsOf(listOf(relation, 'references', false), target),
          onDelete:
            actions.get(wordOf(relation, 'onDelete') ?? '') ?? (field.isOptional ? 'SET NULL' : 'RESTRICT'),
          onUpdate: actions.get(wordOf(relation, 'onUpdate') ?? '') ?? 'CASCADE',
          line: field.line,
        },
      ]
    })
  }

  /** The table between two models that are lists of each other: `_AToB`, with the columns A and B. */
  #links(model: PrismaBlock): readonly { table: ForeignTable; references: readonly ForeignReference[] }[] {
    return model.fields.flatMap((field) => {
      const other = this.#models.get(field.type)
      const relation = attribute(field.attributes, 'relation')
      const title = relation ? (textOf(relation, 'name') ?? textOf(relation, null)) : null
      if (!other || !field.isList) return []
      const back = other.fields.find(
        (one) =>
          one !== field &&
          one.type === model.name &&
          (attribute(one.attributes, 'relation') ? nameOfRelation(one) : null) === title,
      )
      const isFirst =
        model.name < other.name || (model.name === other.name && back !== undefined && field.name < back.name)
      if (!back?.isList || !isFirst) return []
      const table = { schema: nameOf(model).schema, name: `_${title ?? `${model.name}To${other.name}`}` }
      const ends = [
        { column: 'A', end: model },
        { column: 'B', end: other },
      ]
      const columns = ends.flatMap(({ column, end }) => this.#linkColumn(column, end, field.line))
      return [
        {
          table: {
            ...table,
            comment: null,
            columns,
            keys: [{ isPrimary: true, name: `${table.name}_AB_pkey`, columns: ['A', 'B'], line: field.line }],
            checks: [],
            indexes: [
              {
                name: `${table.name}_B_index`,
                isUnique: false,
                method: null,
                keys: [{ column: 'B' }],
                comment: null,
                line: field.line,
              },
            ],
            line: field.line,
          },
          references: ends.map(({ column, end }) => ({
            name: `${table.name}_${column}_fkey`,
            from: table,
            columns: [column],
            to: nameOf(end),
            toColumns: idColumns(end).map((id) => mapped(id.attributes) ?? id.name),
            onDelete: 'CASCADE',
            onUpdate: 'CASCADE',
            line: field.line,
          })),
        },
      ]
    })
  }

  #linkColumn(name: string, end: PrismaBlock, line: number): readonly ForeignColumn[] {
    return idColumns(end).map((id) => ({
      name,
      type: this.#type(id, `${end.name}.${id.name}`) ?? 'integer',
      notNull: true,
      default: null,
      counts: false,
      comment: null,
      line,
    }))
  }
}

function idColumns(model: PrismaBlock): readonly PrismaField[] {
  return model.fields.filter(({ attributes }) => attribute(attributes, 'id') !== undefined)
}

function nameOfRelation(field: PrismaField): string | null {
  const relation = attribute(field.attributes, 'relation')
  return relation ? (textOf(relation, 'name') ?? textOf(relation, null)) : null
}

function nameOf(block: PrismaBlock): ForeignName {
  const schema = block.attributes.find(({ name }) => name === 'schema')
  return { schema: schema ? textOf(schema, null) : null, name: mapped(block.attributes) ?? block.name }
}

/** The name in the database, where it is another. */
function mapped(attributes: readonly PrismaAttribute[]): string | null {
  const map = attribute(attributes, 'map')
  return map ? (textOf(map, 'name') ?? textOf(map, null)) : null
}

function attribute(attributes: readonly PrismaAttribute[], name: string): PrismaAttribute | undefined {
  return attributes.find((one) => one.name === name)
}

function argumentOf(from: PrismaAttribute, name: string | null): PrismaValue | undefined {
  return from.arguments.find((argument) => argument.name === name)?.value
}

function textOf(from: PrismaAttribute, name: string | null): string | null {
  const value = argumentOf(from, name)
  return value?.type === 'text' ? value.text : null
}

function wordOf(from: PrismaAttribute, name: string): string | null {
  const value = argumentOf(from, name)
  return value?.type === 'word' ? value.text : null
}

/** A list by its name, or where it may be left out, the one without. */
function listOf(from: PrismaAttribute, name: string, orFirst = true): readonly PrismaValue[] {
  const value = argumentOf(from, name) ?? (orFirst ? argumentOf(from, null) : undefined)
  return value?.type === 'list' ? value.items : []
}

function columnsOf(fields: readonly PrismaValue[], model: PrismaBlock): readonly string[] {
  return fields.flatMap((value) => {
    if (value.type !== 'word') return []
    const field = model.fields.find(({ name }) => name === value.text)
    return [(field && mapped(field.attributes)) ?? value.text]
  })
}
