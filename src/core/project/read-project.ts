import { fieldsOf } from '../kinds/field-access.ts'
import type { Kind } from '../kinds/kind.ts'
import { isKindName, kinds } from '../kinds/registry.ts'
import { isLockTrace } from '../migration/lock-trace.ts'
import { type DiagramItem, tableColours } from '../model/diagram.ts'
import type { SchemaDocument } from '../model/document.ts'
import { danglingObjects } from '../model/integrity.ts'
import type { ObjectBase, ObjectId } from '../model/object.ts'
import type { Problem } from '../model/problem.ts'
import { withCarriedOptions } from './carried-options.ts'
import { initialSettings, readSettings } from './migration-settings.ts'
import type { ExportedMigration, Project } from './project.ts'
import { projectFormat, projectVersion } from './project-file.ts'
import { upgrades } from './upgrades.ts'

type Json = Readonly<Record<string, unknown>>

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
    history: listOf(file.history, 'history', say).flatMap((entry) => readMigration(entry, say)),
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
  'history',
  'migration',
  'queries',
])

type Say = (severity: 'error' | 'warning', code: string, message: string) => void

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

function readObject(written: Json, part: string, say: Say): ObjectBase | null {
  const { id, kind, parent, name } = written
  if (typeof kind !== 'string' || !isKindName(kind)) {
    say(
      'error',
      'unknown-kind',
      `“${textOf(name)}” in ${part} is a ${String(kind)}, which this version does not know.`,
    )
    return null
  }
  if (typeof id !== 'string' || id === '' || !(parent === null || typeof parent === 'string')) {
    say('error', 'no-identity', `${kind} “${textOf(name)}” in ${part} lacks its id or parent.`)
    return null
  }
  const described: Kind<ObjectBase> = kinds[kind]
  const fields = fieldsOf(described)
  const entry = withNewFields(written, fields)
  let valid = true
  for (const [field, { label, valid: isValid }] of fields) {
    if (isValid(entry[field])) continue
    valid = false
    say(
      'error',
      'invalid-field',
      `${label} of ${kind} “${textOf(name)}” in ${part} is ${JSON.stringify(entry[field])}.`,
    )
  }
  if (!valid) return null
  const known = new Set(['id', 'kind', 'parent', ...fields.map(([field]) => field)])
  for (const key of Object.keys(entry)) {
    if (known.has(key)) continue
    say(
      'warning',
      'unknown-field',
      `${kind} “${textOf(name)}” has a field “${key}” that this version keeps but ignores.`,
    )
  }
  // The loop above has checked every property against the kind's own guards.
  return entry as unknown as ObjectBase
}

/** Fields that the file is too old to have, with what they mean by not being there. */
function withNewFields(entry: Json, fields: ReturnType<typeof fieldsOf>): Json {
  const missing = fields.filter(
    ([name, { initially }]) => initially !== undefined && !Object.hasOwn(entry, name),
  )
  return missing.length === 0
    ? entry
    : { ...entry, ...Object.fromEntries(missing.map(([name, { initially }]) => [name, initially])) }
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

function readMigration(entry: Json, say: Say): readonly ExportedMigration[] {
  const { fileName, folder, source, exportedAt, proven, locks } = entry
  const isKnown = locks === undefined || isLockTrace(locks)
  if (
    typeof fileName === 'string' &&
    typeof source === 'string' &&
    typeof exportedAt === 'string' &&
    isKnown
  ) {
    const place = typeof folder === 'string' ? { folder } : {}
    const measured = locks ? { locks } : {}
    return [{ fileName, ...place, source, exportedAt, proven: proven === true, ...measured }]
  }
  say(
    'error',
    'invalid-history',
    `An exported migration is incomplete: ${textOf(fileName) || 'without a name'}.`,
  )
  return []
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

function listOf(value: unknown, part: string, say: Say): readonly Json[] {
  if (value === undefined) return []
  if (Array.isArray(value) && value.every(isJson)) return value
  say('error', 'no-list', `The part “${part}” of the file is no list of objects.`)
  return []
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
