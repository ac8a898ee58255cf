import type { SourceLines } from '../core/import/source-lines.ts'
import { printsAlike, writtenCandidates } from '../core/import/written-candidates.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import type { ObjectId } from '../core/model/object.ts'
import type { CallOptions } from './api.ts'
import { buildAndRead } from './canonical.ts'
import type { OpenEngine } from './engine.ts'

/**
 * The document with expressions as the source has them instead of PostgreSQL's print, wherever a database built from
 * them prints the same.
 */
export async function keepWrittenText(
  document: SchemaDocument,
  keyIds: ReadonlyMap<string, ObjectId>,
  lines: SourceLines,
  open: OpenEngine,
  options: CallOptions,
): Promise<SchemaDocument> {
  const candidates = writtenCandidates(document, keyIds, lines)
  if (candidates.size === 0) return document
  const attempt = { ...document, objects: new Map([...document.objects, ...candidates]) }
  const built = await buildAndRead(open, attempt, {
    ...options,
    onProgress: ({ done, total }) =>
      options.onProgress?.({ done, total, phase: 'Keeping the text as written' }),
  })
  await built.engine.close()
  const objects = new Map(document.objects)
  for (const [id, written] of candidates) {
    const original = document.objects.get(id)
    const printed = built.printed.get(id)
    if (original && printed && printsAlike(printed, original)) objects.set(id, written)
  }
  return { ...document, objects }
}
