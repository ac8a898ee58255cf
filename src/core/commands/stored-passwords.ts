import { isRaw, type Raw } from '../kinds/raw/raw.kind.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectBase } from '../model/object.ts'
import { type Edits, type Patch, patchBetween } from '../model/patch.ts'
import type { Problem } from '../model/problem.ts'
import type { Project } from '../project/project.ts'

const holders = new Set(['user mapping', 'server', 'foreign table'])

/** Options of foreign data wrappers that give access; postgres_fdw's `password_required` is none. */
const isSecret = (option: string) =>
  /(password|passwd|passphrase|secret|token|private_?key|access_?key|api_?key)$/i.test(option)

/** All options of a statement that ends with them: values are text in quotes, with E before it where one has a backslash. */
const options = /^(.*?)\s+OPTIONS \(((?:"?\w+"? E?'(?:[^']|'')*'(?:, )?)+)\)$/s

const option = /"?(\w+)"? E?'(?:[^']|'')*'/g

/** The statement without its secret options, and their names; null where it has none. */
function withoutSecrets(sql: string): { readonly sql: string; readonly names: readonly string[] } | null {
  const [, head = '', list = ''] = options.exec(sql) ?? []
  const all = [...list.matchAll(option)].map(([text, name = '']) => ({ text, name }))
  const names = all.filter(({ name }) => isSecret(name)).map(({ name }) => name)
  if (names.length === 0) return null
  const kept = all.filter(({ name }) => !isSecret(name)).map(({ text }) => text)
  return { sql: kept.length === 0 ? head : `${head} OPTIONS (${kept.join(', ')})`, names }
}

function isHolder(object: ObjectBase): object is Raw {
  return isRaw(object) && holders.has(object.objectType)
}

/** The object without secrets; the same one where it has none. */
function cleaned(object: ObjectBase): ObjectBase {
  if (!isHolder(object)) return object
  const without = withoutSecrets(object.sql)
  const clean: Raw = without ? { ...object, sql: without.sql } : object
  return clean
}

/** Passwords that stand in the statements of the document: whoever gets the project or its migrations reads them. */
export function passwordProblems({ objects }: SchemaDocument): readonly Problem[] {
  return [...objects.values()].filter(isHolder).flatMap((object): readonly Problem[] => {
    const found = withoutSecrets(object.sql)
    if (!found) return []
    const names = found.names.join(' and ')
    const statement = /^CREATE (.*?)(?: TYPE | VERSION | FOREIGN DATA WRAPPER |$)/s.exec(
      found.sql.split(' OPTIONS (')[0] ?? '',
    )
    const alter = `ALTER ${statement?.[1] ?? object.name} OPTIONS (${found.names.map((name) => `ADD ${name} '…'`).join(', ')})`
    return [
      {
        code: 'stored-password',
        severity: 'warning',
        source: 'Lint',
        object: object.id,
        field: 'sql',
        message: `The ${names} of this ${object.objectType} stands in the project and in the migrations that make it, for everyone who reads them.`,
        hint: `Take it out, and give it on each server by itself: ${alter}`,
      },
    ]
  })
}

/** What takes all secrets out of the document. */
export function takePasswordsOut(document: SchemaDocument): Patch {
  return patchBetween(document, { ...document, objects: cleanedObjects(document.objects) })
}

/**
 * The document, under the ids of the other, without the secrets of objects from which the other's were taken: files that
 * run with them build what is wanted all the same.
 */
export function withSecretsOf(other: SchemaDocument, document: SchemaDocument): SchemaDocument {
  const objects = [...document.objects].map(([id, object]): [string, ObjectBase] => {
    const wanted = other.objects.get(id)
    return [id, wanted && isHolder(wanted) && cleaned(wanted) === wanted ? cleaned(object) : object]
  })
  return { ...document, objects: new Map(objects) }
}

type Past = Pick<Project, 'baseline' | 'replayed' | 'history' | 'reopened'>

/** The same for what the project knows of its past, so that nothing is left to migrate. Exported files stay as they are. */
export function pastWithoutPasswords({ baseline, replayed, history, reopened }: Past): Past {
  const exported = (one: Past['history'][number]) =>
    one.made ? { ...one, made: { ...one.made, patch: cleanedPatch(one.made.patch) } } : one
  return {
    baseline: { ...baseline, objects: cleanedObjects(baseline.objects) },
    replayed: replayed.map((file) => ({ ...file, patch: cleanedPatch(file.patch) })),
    history: history.map(exported),
    reopened: reopened.map(exported),
  }
}

function cleanedObjects<K>(objects: ReadonlyMap<K, ObjectBase>): ReadonlyMap<K, ObjectBase> {
  return new Map([...objects].map(([id, object]) => [id, cleaned(object)]))
}

function cleanedPatch({ objects, diagram }: Patch): Patch {
  const changed: Edits<ObjectBase>['changed'] = new Map(
    [...objects.changed].map(([id, { from, to }]) => [id, { from: cleaned(from), to: cleaned(to) }]),
  )
  return {
    objects: { added: cleanedObjects(objects.added), changed, removed: cleanedObjects(objects.removed) },
    diagram,
  }
}
