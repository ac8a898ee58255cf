import type { SchemaDocument } from '../model/document.ts'
import { applyPatch, type Patch } from '../model/patch.ts'

export type Command = (document: SchemaDocument) => Patch

/** The document once all these commands ran on it, in their order. */
export function after(document: SchemaDocument, ...commands: readonly Command[]): SchemaDocument {
  return commands.reduce((sum, command) => applyPatch(sum, command(sum)), document)
}
