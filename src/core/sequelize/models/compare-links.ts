import { isColumn } from '../../kinds/column/column.kind.ts'
import { type ForeignKey, isForeignKey } from '../../kinds/foreign-key/foreign-key.kind.ts'
import { isTable } from '../../kinds/table/table.kind.ts'
import { qualifiedName } from '../../sql/names.ts'
import { printJsValue } from '../js-value.ts'
import { tableTarget } from '../target.ts'
import type { Drift } from './drift.ts'
import type { FindTable, Pairing } from './drift-between.ts'
import type { LinkFacts } from './model-facts.ts'

/** References and associations without a foreign key, and foreign keys of one column that the model does not know. */
export function compareLinks({ model, table, drawn }: Pairing, find: FindTable): readonly Drift[] {
  const base = { model: model.name, place: model.place } as const
  const keys = drawn.childrenOf(table.id, isForeignKey)
  const missing = model.links.flatMap((link): readonly Drift[] => {
    const column = drawn.named(table.id, link.column, isColumn)
    const target = find(link.target)
    const referenced = target ? drawn.named(target.id, link.key, isColumn) : undefined
    if (!column || !target || !referenced) return []
    // A key of several columns with this one among them keeps the link too.
    const kept = keys.find((key) =>
      key.columns.some(
        (id, at) =>
          id === column.id &&
          key.referencedTable === target.id &&
          key.referencedColumns[at] === referenced.id,
      ),
    )
    if (kept) return actionDrift(link, kept).map((drift) => ({ ...base, ...drift }))
    const says = link.association ?? `The reference of ${model.name}.${link.attribute}`
    return [
      {
        ...base,
        code: 'association-without-foreign-key',
        severity: 'warning',
        object: column.id,
        message: `${says} has no foreign key: nothing keeps ${column.name} to rows of ${qualifiedName(target, drawn)}.`,
        cure: {
          type: 'add-foreign-key',
          table: table.id,
          column: column.id,
          referencedTable: target.id,
          referencedColumn: referenced.id,
        },
        text: link.association === null ? null : 'constraints: false,',
      },
    ]
  })
  const unknown = keys.flatMap((key): readonly Drift[] => {
    const [id, ...others] = key.columns
    const column = drawn.find(id, isColumn)
    const target = drawn.find(key.referencedTable, isTable)
    const referenced = drawn.find(key.referencedColumns[0], isColumn)
    const attribute = model.attributes.find((one) => one.column === column?.name)
    if (!column || !attribute || !target || !referenced || others.length > 0) return []
    if (model.links.some((link) => link.column === column.name)) return []
    const references = { model: tableTarget(target, drawn), key: referenced.name }
    return [
      {
        ...base,
        code: 'foreign-key-without-association',
        severity: 'info',
        object: key.id,
        message: `${model.name}.${attribute.name} refers to ${qualifiedName(target, drawn)} in the schema, and the model does not say so.`,
        cure: null,
        text: `references: ${printJsValue(references, 0, 12, 1)},`,
      },
    ]
  })
  return [...missing, ...unknown]
}

const actions = [
  ['onDelete', 'ON DELETE'],
  ['onUpdate', 'ON UPDATE'],
] as const

/** Only what a person wrote in the model is compared: Sequelize has defaults of its own for what is left out. */
function actionDrift(link: LinkFacts, key: ForeignKey): readonly Omit<Drift, 'model' | 'place'>[] {
  return actions.flatMap(([field, clause]) => {
    const wanted = link[field]
    const real = key[field]
    if (wanted === null || wanted === real) return []
    const says = link.association ?? `The reference of ${link.attribute}`
    return [
      {
        code: 'foreign-key-action',
        severity: 'warning',
        object: key.id,
        field,
        message: `${says} says ${clause} ${wanted.toUpperCase()}, the foreign key ${key.name} does ${real.toUpperCase()}.`,
        cure: { type: 'set-field', object: key.id, field, value: wanted },
        text: `${field}: ${printJsValue(real.toUpperCase(), 0, 10, 1)},`,
      },
    ]
  })
}
