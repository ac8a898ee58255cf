import type { Problem } from '../core/model/problem.ts'
import { readProject } from '../core/project/read-project.ts'
import { loadProject } from '../platform/project-storage.ts'
import { database } from './database.ts'
import type { OpenedFile } from './files.ts'
import type { SchemaPoint } from './migration-ends.ts'

/** A schema to compare with, or why there is none, as a sentence. */
export type PointRead = { readonly point: SchemaPoint } | { readonly failure: string }

/** The drawn schema of a project file, or what an SQL script makes in an empty database. */
export async function pointOfFile({ name, text }: OpenedFile): Promise<PointRead> {
  if (name.endsWith('.json')) return pointOfProject(name, text)
  const { document, report } = await database().importSql(text)
  const refused = report.objects.filter(({ outcome }) => outcome === 'refused')
  const [first] = refused
  if (first) {
    const more = refused.length > 1 ? ` ${refused.length - 1} more like this.` : ''
    return { failure: `${name} was not read whole: ${first.reason ?? first.name}${more}` }
  }
  return { point: { type: 'other', name, document } }
}

/** The drawn schema of another project of this browser, as it was saved last. */
export async function pointOfStored(id: string, name: string): Promise<PointRead> {
  const stored = await loadProject(id)
  if ('failure' in stored) return stored
  return stored.value === undefined
    ? { failure: `${name} is no longer in this browser.` }
    : pointOfProject(name, stored.value)
}

function pointOfProject(name: string, text: string): PointRead {
  const { value, problems } = readProject(text)
  if (value) return { point: { type: 'other', name, document: value.document } }
  const first: Problem | undefined = problems.find(({ severity }) => severity === 'error')
  return { failure: `${name} cannot be read: ${first?.message ?? ''}` }
}
