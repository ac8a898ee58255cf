import { isColumn } from '../kinds/column/column.kind.ts'
import { isForeignKey } from '../kinds/foreign-key/foreign-key.kind.ts'
import { isPrimaryKey } from '../kinds/primary-key/primary-key.kind.ts'
import { isTable } from '../kinds/table/table.kind.ts'
import { isView } from '../kinds/view/view.kind.ts'
import { schemaOf } from '../model/schema.ts'
import { diagramSvg } from './diagram-svg.ts'
import type { Exported, ExportSource } from './exported.ts'
import { holds, lossesOf } from './losses.ts'

/** The diagram as a picture. */
export function writePicture({ document }: ExportSource): Exported {
  const losses = lossesOf(schemaOf(document), 'A picture', [
    holds(isTable),
    holds(isView, 'query'),
    holds(isColumn, 'type', 'notNull'),
    holds(isPrimaryKey, 'columns'),
    holds(isForeignKey, 'columns', 'referencedTable', 'referencedColumns'),
  ])
  const empty = '<svg xmlns="http://www.w3.org/2000/svg"/>'
  return { text: `${diagramSvg(document) || empty}\n`, losses }
}
