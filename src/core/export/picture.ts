import { isColumn } from '../kinds/column/column.kind.ts'
import { isForeignKey } from '../kinds/foreign-key/foreign-key.kind.ts'
import { isTable } from '../kinds/table/table.kind.ts'
import { isView } from '../kinds/view/view.kind.ts'
import { schemaOf } from '../model/schema.ts'
import { markedPrimaryKeys } from './diagram-keys.ts'
import { diagramSvg } from './diagram-svg.ts'
import type { Exported, ExportSource } from './exported.ts'
import { holds, lossesOf } from './losses.ts'

/** The diagram as a picture. */
export function writePicture({ document }: ExportSource): Exported {
  const schema = schemaOf(document)
  const losses = lossesOf(schema, 'A picture', [
    holds(isTable),
    holds(isView),
    holds(isColumn, 'type', 'notNull'),
    markedPrimaryKeys(schema),
    {
      is: (object) => isForeignKey(object) && object.columns.length === 1,
      fields: ['columns', 'referencedTable', 'referencedColumns'],
      otherwise: { is: isForeignKey, reason: 'Only the first of its columns has the line' },
    },
  ])
  const empty = '<svg xmlns="http://www.w3.org/2000/svg"/>'
  return { text: `${diagramSvg(document) || empty}\n`, losses }
}
