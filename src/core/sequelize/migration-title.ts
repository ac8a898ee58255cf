import { kindOf } from '../kinds/registry.ts'
import type { Plan, Step } from '../migration/plan.ts'
import type { SchemaDocument } from '../model/document.ts'
import type { ObjectBase } from '../model/object.ts'

interface Subject {
  readonly verb: 'create' | 'drop' | 'add' | 'remove' | 'rename' | 'move' | 'change'
  readonly object: ObjectBase
  /** Its name before, for a rename. */
  readonly oldName: string
  /** The table (or other top object) around it; null when it is one itself. */
  readonly group: ObjectBase | null
}

/** A name for the migration from what it does: "add custom_fields to contacts", "create accounts and contacts". */
export function proposeTitle(plan: Plan, from: SchemaDocument, to: SchemaDocument): string {
  const subjects = leadingSubjects(plan.up.flatMap((step) => subjectOf(step, from, to)))
  const [first] = subjects
  if (!first) return 'schema change'
  if (subjects.length === 1) return phrase(first.verb, [first], first)
  if (subjects.every(({ verb }) => verb === first.verb) && sameGroup(subjects)) {
    return phrase(first.verb, subjects, first)
  }
  const tops = [...new Map(subjects.map((subject) => topOf(subject)).map((top) => [top.id, top])).values()]
  return tops.length <= 3 ? `change ${list(tops.map(({ name }) => name))}` : `change ${tops.length} objects`
}

function subjectOf(step: Step, from: SchemaDocument, to: SchemaDocument): readonly Subject[] {
  const before = from.objects.get(step.object)
  const object = to.objects.get(step.object) ?? before
  if (!object) return []
  const group =
    step.group === step.object ? null : (to.objects.get(step.group) ?? from.objects.get(step.group))
  const inside = group !== null && group !== undefined
  const verbs = {
    create: inside ? 'add' : 'create',
    drop: inside ? 'remove' : 'drop',
    rename: 'rename',
    move: 'move',
    alter: 'change',
    fill: 'change',
    'hand over': 'change',
    become: 'change',
  } as const
  // What bears its name before and after was renamed only in between.
  const returns = step.action === 'rename' && before?.name === object.name
  const verb = returns ? 'change' : verbs[step.action]
  return [{ verb, object, oldName: before?.name ?? object.name, group: group ?? null }]
}

/** Leaves out what comes with something greater: the columns of a new table, the index of a new column. */
function leadingSubjects(subjects: readonly Subject[]): readonly Subject[] {
  const unique = onePerObject(subjects)
  const rank = ({ object, group }: Subject) => (group === null ? 0 : kindOf(object).order)
  const best = new Map<string, number>()
  for (const subject of unique) {
    const top = topOf(subject).id
    best.set(top, Math.min(best.get(top) ?? Number.POSITIVE_INFINITY, rank(subject)))
  }
  return unique.filter((subject) => rank(subject) === best.get(topOf(subject).id))
}

/** What is dropped and made again, or changed in several steps, is one change. */
function onePerObject(subjects: readonly Subject[]): readonly Subject[] {
  const byObject = new Map<string, Subject>()
  for (const subject of subjects) {
    const known = byObject.get(subject.object.id)
    byObject.set(
      subject.object.id,
      known && known.verb !== subject.verb ? { ...subject, verb: 'change' } : subject,
    )
  }
  return [...byObject.values()]
}

function topOf(subject: Subject): ObjectBase {
  return subject.group ?? subject.object
}

function sameGroup(subjects: readonly Subject[]): boolean {
  return new Set(subjects.map(({ group }) => group?.id ?? null)).size === 1
}

function phrase(verb: Subject['verb'], subjects: readonly Subject[], first: Subject): string {
  const names = subjects.length <= 3 ? list(subjects.map(({ object }) => object.name)) : plural(subjects)
  const where = first.group?.name
  if (verb === 'rename' && subjects.length === 1) {
    return `rename ${first.oldName} to ${first.object.name}`.concat(where ? ` in ${where}` : '')
  }
  if (where === undefined) return `${verb} ${names}`
  const preposition = { add: 'to', remove: 'from', create: 'in', drop: 'from' }[String(verb)] ?? 'of'
  return `${verb} ${names} ${preposition} ${where}`
}

/** The most frequent kind, named for all. */
function plural(subjects: readonly Subject[]): string {
  const counts = new Map<string, number>()
  for (const { object } of subjects) {
    const name = kindOf(object).plural.toLowerCase()
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const [name = 'objects', count = 0] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? []
  return counts.size === 1 ? `${count} ${name}` : `${count} ${name} and more`
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
