import type { SchemaDocument } from '../model/document.ts'
import { applyPatch, invertPatch } from '../model/patch.ts'
import type { Project } from './project.ts'

const known = new WeakMap<SchemaDocument['objects'], Map<number, SchemaDocument>>()

/**
 * The schema once the first `count` of the exported migrations had run, with the diagram of the baseline; null where
 * an export between that point and the baseline did not keep what it changed. The same document for the same point.
 */
export function schemaAfterExports(
  { baseline, history }: Pick<Project, 'baseline' | 'history'>,
  count: number,
): SchemaDocument | null {
  const points = known.get(baseline.objects) ?? new Map<number, SchemaDocument>()
  known.set(baseline.objects, points)
  let document = baseline
  for (let at = history.length - 1; at >= count; at -= 1) {
    const patch = history[at]?.made?.patch
    if (!patch) return null
    const earlier = points.get(at - history.length) ?? applyPatch(document, invertPatch(patch))
    points.set(at - history.length, earlier)
    document = earlier
  }
  return document
}
