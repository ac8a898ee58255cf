import { type DiagramItem, tableColours } from '../model/diagram.ts'
import type { SchemaDocument } from '../model/document.ts'
import { danglingObjects } from '../model/integrity.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Problem } from '../model/problem.ts'
import { withCarriedOptions } from './carried-options.ts'
import { isJson, type Json, listOf, type Say, textOf } from './json-parts.ts'
import { initialSettings, readSettings } from './migration-settings.ts'
import type { Project } from './project.ts'
import { projectFormat, projectVersion } from './project-file.ts'
import { readMigration, readReplayed } from './read-history.ts'
import { readObject } from './read-object.ts'
import { upgrades } from './upgrades.ts'
import { readModelsOf } from './written-models.ts'

export interface ReadProject {
  /** null when an error among the problems forbids opening: what cannot be kept must not be saved over. */
  readonly value: Project | null
  readonly problems: readonly Problem[]
}

/**
 * Reads the text of a project file of this version or an older one. Content that this version does not know is an
 * error or is kept and named; nothing is left out in silence.
 */
export function readProject(text: string): ReadProject {
  const problems: Problem[] = []
  const say = (severity: 'error' | 'warning', code: string, message: string): void => {
    problems.push({ code, severity, source: 'Relata', message })
  }
  const file = parse(text, say)
  if (!file) return { value: null, problems }
  const project: Project = {
    id: textOf(file.id),
    name: textOf(file.name) || 'Untitled',
    document: {
      objects: readObjects(file.objects, 'objects', say),
      diagram: readDiagram(file.diagram, say),
    },
    baseline: { objects: readObjects(file.baseline, 'baseline', say), diagram: new Map() },
    replayed: listOf(file.replayed, 'replayed', say).flatMap((entry) => readReplayed(entry, say)),
    models: readModelsOf(file, say),
    history: listOf(file.history, 'history', say).flatMap((entry) => readMigration(entry, say)),
    reopened: listOf(file.reopened, 'reopened', say).flatMap((entry) => readMigration(entry, say)),
    migration: settingsOf(file.migration, say),
    queries: listOf(file.queries, 'queries', say).map((entry) => ({
      name: textOf(entry.name) || 'Query',
      sql: textOf(entry.sql),
    })),
  }
  for (const key of Object.keys(file)) {
    if (!topKeys.has(key))
      say('error', 'unknown-content', `The file has a part “${key}” that this version does not know.`)
  }
  const refused = problems.some((problem) => problem.severity === 'error')
  return { value: refused ? null : project, problems }
}

const topKeys = new Set([
  'format',
  'version',
  'id',
  'name',
  'objects',
  'diagram',
  'baseline',
  'replayed',
  'models',
  'modelProblems',
  'history',
  'reopened',
  'migration',
  'queries',
])

function parse(text: string, say: Say): Json | null {
  let file: unknown
  try {
    file = JSON.parse(text)
  } catch (error) {
    say('error', 'not-json', `The file is no JSON: ${error instanceof Error ? error.message : String(error)}`)
    return null
  }
  if (!isJson(file) || file.format !== projectFormat) {
    say('error', 'no-project', `The file is no Relata project: it lacks "format": "${projectFormat}".`)
    return null
  }
  const { version } = file
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    say('error', 'no-version', 'The file does not say which version of the format it has.')
    return null
  }
  if (version > projectVersion) {
    say(
      'error',
      'newer-version',
      `The file was saved by a newer Relata (format ${version}; this one reads up to ${projectVersion}).`,
    )
    return null
  }
  return upgrades.slice(version - 1).reduce<Json>((older, upgrade) => upgrade(older), file)
}

function readObjects(value: unknown, part: string, say: Say): SchemaDocument['objects'] {
  const objects = new Map<ObjectId, ObjectBase>()
  for (const entry of listOf(value, part, say)) {
    const object = readObject(entry, part, say)
    if (!object) continue
    if (objects.has(object.id)) say('error', 'same-id', `Two objects in ${part} have the id ${object.id}.`)
    objects.set(object.id, object)
  }
  for (const [id, missing] of danglingObjects(objects)) {
    const object = objects.get(id)
    say(
      'error',
      'dangling',
      `${object?.kind} “${object?.name}” in ${part} refers to what is not in the file: ${missing.join(', ')}.`,
    )
  }
  return withCarriedOptions(objects)
}

function readDiagram(value: unknown, say: Say): SchemaDocument['diagram'] {
  const diagram = new Map<string, DiagramItem>()
  for (const entry of listOf(value, 'diagram', say)) {
    const item = readItem(entry)
    if (item) diagram.set(item.id, item)
    else say('warning', 'unknown-drawing', `The diagram holds something unknown: ${JSON.stringify(entry)}`)
  }
  return diagram
}

function readItem({ id, kind, ...rest }: Json): DiagramItem | null {
  const { x, y } = rest
  if (typeof id !== 'string' || typeof x !== 'number' || typeof y !== 'number') return null
  const colour = tableColours.find((candidate) => candidate === rest.colour) ?? 'none'
  const width = typeof rest.width === 'number' ? rest.width : 232
  if (kind === 'placement') return { id, kind, x, y, colour }
  if (kind === 'note') return { id, kind, x, y, width, text: textOf(rest.text) }
  if (kind !== 'area') return null
  const height = typeof rest.height === 'number' ? rest.height : 160
  return { id, kind, x, y, width, height, title: textOf(rest.title), colour }
}

function settingsOf(value: unknown, say: Say): Project['migration'] {
  const settings = readSettings(value)
  if (!settings) {
    say(
      'error',
      'invalid-settings',
      'What the file says of how to write migrations is incomplete or unknown.',
    )
  }
  return settings ?? initialSettings
}
