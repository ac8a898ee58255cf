import { type Column, isColumn } from '../../kinds/column/column.kind.ts'
import { isPrimaryKey } from '../../kinds/primary-key/primary-key.kind.ts'
import { sameValue } from '../../model/equality.ts'
import { qualifiedName, typeName } from '../../sql/names.ts'
import type { JsValue } from '../call.ts'
import { isRecord } from '../js-value.ts'
import {
  counts,
  labelsOf,
  modelColumn,
  ownLabels,
  plainDefault,
  sameDefault,
  sameType,
} from './compare-column.ts'
import type { Drift } from './drift.ts'
import type { Pairing } from './drift-between.ts'
import type { Model } from './model.ts'
import type { AttributeFacts } from './model-facts.ts'
import { attributeText } from './model-lines.ts'

type Difference = Pick<Drift, 'code' | 'message' | 'cure'> & Partial<Drift>

/** Attributes without a column, columns without an attribute, and where the two differ. */
export function compareColumns(
  pairing: Pairing,
  rivals: readonly Pairing[],
  own: Model | undefined,
): readonly Drift[] {
  const { model, table, drawn, both, made } = pairing
  const columns = drawn.childrenOf(table.id, isColumn)
  const textOf = (column: Column, name?: string): string | null => {
    const attribute = own?.attributes.find((one) => one.column.id === column.id)
    return attribute ? attributeText(attribute, name) : null
  }
  const drift = (difference: Difference): Drift => ({
    severity: 'warning',
    model: model.name,
    place: model.place,
    object: table.id,
    text: null,
    ...difference,
  })
  const found = model.attributes.flatMap((attribute): readonly Drift[] => {
    const wanted = made
      ? both.childrenOf(made.id, isColumn).find(({ name }) => name === attribute.column)
      : undefined
    const column = columns.find(({ name }) => name === attribute.column)
    if (!column) {
      return [
        drift({
          code: 'attribute-without-column',
          severity: 'warning',
          message: `${model.name}.${attribute.name} needs a column ${attribute.column}, which ${qualifiedName(table, drawn)} lacks.`,
          cure: wanted ? { type: 'add-column', table: table.id, column: modelColumn(wanted, both) } : null,
        }),
      ]
    }
    const real = both.find(column.id, isColumn)
    if (!wanted || !real) return []
    const found = [
      ...differences(pairing, attribute, wanted, real),
      ...wordDifferences(model.name, attribute, column, own),
    ]
    return found.map((difference) =>
      drift({ object: column.id, text: textOf(column, attribute.name), ...difference }),
    )
  })
  // Of several models of one table the first speaks for the columns that none of them has.
  const isFirst = rivals[0] === pairing
  const named = new Set(rivals.flatMap((rival) => rival.model.attributes.map(({ column }) => column)))
  const others = isFirst ? columns.filter(({ name }) => !named.has(name)) : []
  return [
    ...found,
    ...others.map((column) => {
      const isNeeded = column.notNull && column.default === null && !counts(column) && !column.generated
      return drift({
        code: 'column-without-attribute',
        severity: isNeeded ? 'warning' : 'info',
        object: column.id,
        message: `${model.name} does not know the column ${column.name}${isNeeded ? ', without which no row can be added' : ''}.`,
        cure: null,
        text: textOf(column),
      })
    }),
  ]
}

function differences(
  { model, drawn, both, table }: Pairing,
  attribute: AttributeFacts,
  wanted: Column,
  real: Column,
): readonly Difference[] {
  const what = `${model.name}.${attribute.name}`
  const found: Difference[] = []
  const labels = ownLabels(wanted.type, both)
  const present = labelsOf(real.type, both)
  if (!sameType(wanted.type, real.type, both)) {
    const says = labels ? `one of ${labels.join(', ')}` : typeName(wanted.type, both)
    found.push({
      code: 'attribute-type',
      field: 'type',
      message: `${what} is ${says}, the column is ${typeName(real.type, drawn)}.`,
      cure: { type: 'set-type', column: real.id, to: modelColumn(wanted, both) },
    })
  } else if (labels && present && !sameMembers(labels, present)) {
    found.push(labelDifference(what, labels, present, real))
  }
  const isKey = drawn.childrenOf(table.id, isPrimaryKey).some(({ columns }) => columns.includes(real.id))
  const isComputed = real.generated !== null
  const isSaid = !attribute.isFilled && !attribute.isImplied
  if (wanted.notNull !== real.notNull && !isKey && !isComputed && isSaid && !counts(real)) {
    found.push({
      code: 'attribute-nullability',
      severity: wanted.notNull || real.default === null ? 'warning' : 'info',
      field: 'notNull',
      message: wanted.notNull
        ? `${what} allows no null, the column does.`
        : `${what} allows null, the column does not.`,
      cure: { type: 'set-field', object: real.id, field: 'notNull', value: wanted.notNull },
    })
  }
  if (attribute.counts !== counts(real)) {
    if (attribute.counts || !attribute.isFilled)
      found.push(countingDifference(what, attribute, wanted, real, both))
  } else if (!attribute.counts && !isComputed) found.push(...defaultDifference(what, attribute, wanted, real))
  return found
}

/** What a model says of a column beside its form: its comment, and rules that the schema has as checks. */
function wordDifferences(
  model: string,
  { name, comment, validate }: AttributeFacts,
  column: Column,
  own: Model | undefined,
): readonly Difference[] {
  const found: Difference[] = []
  if (comment !== null && comment !== column.comment) {
    found.push({
      code: 'model-comment',
      severity: 'info',
      field: 'comment',
      message: `${model}.${name} has another comment than its column${column.comment === null ? ', which has none' : ''}.`,
      detail: `The model: ${comment}`,
      cure: { type: 'set-field', object: column.id, field: 'comment', value: comment },
    })
  }
  const rules: JsValue = own?.attributes.find((one) => one.column.id === column.id)?.definition.validate ?? {}
  if (!isRecord(rules)) return found
  const others = Object.entries(rules).filter(
    ([rule, value]) => validate[rule] !== undefined && !sameValue(validate[rule], value),
  )
  if (others.length > 0) {
    const words = (from: typeof rules) =>
      others.map(([rule]) => `${rule} ${JSON.stringify(from[rule])}`).join(', ')
    found.push({
      code: 'attribute-validation',
      severity: 'info',
      message: `${model}.${name} validates ${words(validate)}, the checks of its table ${words(rules)}.`,
      cure: null,
    })
  }
  return found
}

function labelDifference(
  what: string,
  labels: readonly string[],
  present: readonly string[],
  real: Column,
): Difference {
  const missing = labels.filter((label) => !present.includes(label))
  const unknown = present.filter((label) => !labels.includes(label))
  const parts = [
    ...(missing.length > 0 ? [`the type lacks ${missing.join(', ')}`] : []),
    ...(unknown.length > 0 ? [`the model lacks ${unknown.join(', ')}`] : []),
  ]
  return {
    code: 'attribute-labels',
    field: 'type',
    message: `The values of ${what} are others than those of its column: ${parts.join('; ')}.`,
    cure:
      missing.length > 0 && real.type.ref !== null
        ? { type: 'set-field', object: real.type.ref, field: 'labels', value: [...present, ...missing] }
        : null,
  }
}

function countingDifference(
  what: string,
  { counts: wanted }: AttributeFacts,
  made: Column,
  real: Column,
  both: Pairing['both'],
): Difference {
  return {
    code: 'attribute-counting',
    field: 'identity',
    message: wanted
      ? `${what} is numbered by PostgreSQL, the column is not.`
      : `The column of ${what} is numbered by PostgreSQL, and the model does not say so.`,
    cure: wanted
      ? { type: 'set-field', object: real.id, field: 'identity', value: modelColumn(made, both).identity }
      : null,
  }
}

function defaultDifference(
  what: string,
  { isFilled }: AttributeFacts,
  wanted: Column,
  real: Column,
): readonly Difference[] {
  const [model, column] = [plainDefault(wanted.default), plainDefault(real.default)]
  if (sameDefault(model, column) || (isFilled && model === null)) return []
  const says = model === null ? 'has no default' : `is ${model} by default`
  return [
    {
      code: 'attribute-default',
      severity: 'info',
      field: 'default',
      message: `${what} ${says}, the column ${column === null ? 'has none' : `is ${column}`}.`,
      cure: { type: 'set-field', object: real.id, field: 'default', value: model },
    },
  ]
}

function sameMembers(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((label) => b.includes(label))
}
