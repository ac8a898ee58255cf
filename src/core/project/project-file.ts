import { allKinds } from '../kinds/registry.ts'
import type { DiagramItem } from '../model/diagram.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectBase } from '../model/object.ts'
import { type Schema, schemaOf } from '../model/schema.ts'
import { writtenSettings } from './migration-settings.ts'
import type { Project } from './project.ts'
import { writtenMigration, writtenReplayed } from './written-history.ts'
import { writtenModel, writtenModelProblem } from './written-models.ts'
import { ordered } from './written-object.ts'

/** The name that a project file carries, so that another JSON file is not taken for one. */
export const projectFormat = 'relata-project'

/** Raised when the meaning of a file changes; `upgrades` leads from each to the next. */
export const projectVersion = 5

/**
 * The project as text: JSON with one object per line, sorted by kind, path of names and id, keys in a fixed order. The
 * same project always gives the same text, and one edit changes the lines of what it touched.
 */
export function writeProject(project: Project): string {
  return `${[
    '{',
    `  "format": ${JSON.stringify(projectFormat)},`,
    `  "version": ${projectVersion},`,
    `  "id": ${JSON.stringify(project.id)},`,
    `  "name": ${JSON.stringify(project.name)},`,
    `  "objects": ${lines(objectLines(project.document))},`,
    `  "diagram": ${lines(diagramLines(project.document))},`,
    `  "baseline": ${lines(objectLines(project.baseline))},`,
    `  "replayed": ${lines(project.replayed.map(writtenReplayed).map(asLine))},`,
    `  "models": ${lines(project.models.models.map(writtenModel).map(asLine))},`,
    `  "modelProblems": ${lines(project.models.problems.map(writtenModelProblem).map(asLine))},`,
    `  "history": ${lines(project.history.map(writtenMigration).map(asLine))},`,
    `  "reopened": ${lines(project.reopened.map(writtenMigration).map(asLine))},`,
    `  "migration": ${JSON.stringify(writtenSettings(project.migration))},`,
    `  "queries": ${lines(project.queries.map(({ name, sql }) => JSON.stringify({ name, sql })))}`,
    '}',
  ].join('\n')}\n`
}

function asLine(written: unknown): string {
  return JSON.stringify(written)
}

function lines(items: readonly string[]): string {
  return items.length === 0 ? '[]' : `[\n${items.map((item) => `    ${item}`).join(',\n')}\n  ]`
}

/** What was written before, for as long as the objects live: an edit leaves nearly all of them as they are. */
const writtenLines = new WeakMap<SchemaDocument['objects'], readonly string[]>()
const writtenObjects = new WeakMap<ObjectBase, string>()

function objectLines(document: SchemaDocument): readonly string[] {
  const known = writtenLines.get(document.objects)
  if (known) return known
  const written = sortedLines(document)
  writtenLines.set(document.objects, written)
  return written
}

function objectLine(object: ObjectBase): string {
  const known = writtenObjects.get(object)
  if (known !== undefined) return known
  const line = JSON.stringify(ordered(object))
  writtenObjects.set(object, line)
  return line
}

/** Objects whose lines are made at a time: some milliseconds. */
const perStep = 1000

/** Makes what `writeProject` needs of a large document step by step, for who must not stop for the whole. */
export function* writtenInSteps({ objects }: SchemaDocument): Generator<void> {
  let made = 0
  for (const object of objects.values()) {
    if (writtenObjects.has(object)) continue
    objectLine(object)
    made += 1
    if (made % perStep === 0) yield
  }
}

function sortedLines(document: SchemaDocument): readonly string[] {
  const schema = schemaOf(document)
  const order = new Map(allKinds().map((kind, index) => [kind.name, index]))
  return [...document.objects.values()]
    .map((object) => ({
      object,
      key: [String(order.get(object.kind)).padStart(4, '0'), ...pathOf(object, schema), object.id],
    }))
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({ object }) => objectLine(object))
}

function pathOf(object: ObjectBase, schema: Schema): readonly string[] {
  const parent = object.parent === null ? undefined : schema.get(object.parent)
  return parent ? [...pathOf(parent, schema), object.name] : [object.name]
}

/** By code units, not by a locale, so that every computer writes the same file. */
function compareKeys(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const left = a[index] ?? ''
    const right = b[index] ?? ''
    if (left !== right) return left < right ? -1 : 1
  }
  return 0
}

function diagramLines(document: SchemaDocument): readonly string[] {
  return [...document.diagram.values()]
    .sort((a, b) => compareKeys([a.kind, a.id], [b.kind, b.id]))
    .map((item) => JSON.stringify(orderedItem(item)))
}

function orderedItem(item: DiagramItem): unknown {
  const { id, kind, x, y, ...rest } = item
  return { id, kind, x, y, ...Object.fromEntries(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))) }
}
