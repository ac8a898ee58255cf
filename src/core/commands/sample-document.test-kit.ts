import { blankDocument, type SchemaDocument } from '../model/document.ts'
import type { ObjectBase } from '../model/object.ts'
import { applyPatch, type Patch } from '../model/patch.ts'
import { schemaOf } from '../model/schema.ts'
import { createTable } from './create-table.ts'
import type { NewId } from './naming.ts'
import { writeColumn } from './write-column.ts'

/** Ids `a1`, `a2`, …: the same in every run. */
export function countedIds(prefix = 'a'): NewId {
  let count = 0
  return () => {
    count += 1
    return `${prefix}${count}`
  }
}

/** A document edited by commands, as a person would. */
export class Drawing {
  document: SchemaDocument = blankDocument
  readonly newId: NewId

  constructor(prefix?: string) {
    this.newId = countedIds(prefix)
  }

  do(command: (document: SchemaDocument) => Patch): this {
    this.document = applyPatch(this.document, command(this.document))
    return this
  }

  table(name: string, ...columns: readonly string[]): string {
    const id = this.newId()
    this.do((document) => createTable(document, { id, newId: this.newId, name, x: 0, y: 0 }))
    for (const text of columns) this.column(id, text)
    return id
  }

  column(table: string, text: string): string {
    const id = this.newId()
    this.do((document) => writeColumn(document, { id, newId: this.newId, table, text }))
    return id
  }

  put(object: ObjectBase): string {
    this.document = { ...this.document, objects: new Map(this.document.objects).set(object.id, object) }
    return object.id
  }

  /** The only object of that name, of that kind where one is given. */
  named(name: string, kind?: string): ObjectBase {
    const found = [...this.document.objects.values()].filter(
      (object) => object.name === name && (kind === undefined || object.kind === kind),
    )
    const [object] = found
    if (!object || found.length > 1) throw new Error(`${found.length} objects named ${name}`)
    return object
  }

  names(kind: string, parent?: string): readonly string[] {
    const schema = schemaOf(this.document)
    const objects = parent === undefined ? [...this.document.objects.values()] : schema.children(parent)
    return objects.filter((object) => object.kind === kind).map((object) => object.name)
  }
}
