import type { Hazard } from '../kinds/kind.ts'
import { kindOf } from '../kinds/registry.ts'
import type { SchemaDocument } from '../model/document.ts'
import { blockedBy, type LockTrace, type TracedStatement } from './lock-trace.ts'
import type { Plan, PlanPart, Step } from './plan.ts'

/** Something a person must know about a step before it runs: declared by its kind, or measured. */
export interface StepHazard {
  readonly code: Hazard['code'] | MeasuredCode
  readonly message: string
  /** What to do about it. */
  readonly fix?: string
}

type MeasuredCode =
  | 'rewrites-table'
  | 'scans-under-lock'
  | 'blocks-all'
  | 'blocks-writes'
  | 'breaks-code'
  | 'not-transactional'
  | 'needs-superuser'

/** What says so that a step can be planned without it. */
const online = 'Plan this step for zero downtime.'

/**
 * The plan with what was measured of each step: locks that stop others while a table is rewritten, read or indexed,
 * privileges, and what it means to code that runs. `from` is the schema before the way up.
 */
export function withMeasuredHazards(plan: Plan, trace: LockTrace, from: SchemaDocument): Plan {
  const renewed = new Map<Step, Step>()
  const isOnline = plan.changes !== undefined
  for (const direction of ['up', 'down'] as const) {
    const steps = plan[direction]
    const traced = trace[direction]
    for (const [index, step] of steps.entries()) {
      const measured = [
        ...ownHazards(traced.filter((statement) => statement.step === index)),
        ...heldHazards(index, traced),
        ...(direction === 'up' ? brokenCode(step, steps, from) : []),
        // A file of a zero-downtime plan can run again where it stopped.
        ...(step.transactional || step.part !== undefined ? [] : [notTransactional]),
      ]
      const hazards = [...step.hazards, ...measured]
      renewed.set(step, { ...step, hazards: isOnline ? hazards.map(withoutOnlineFix) : hazards })
    }
  }
  const renew = (steps: readonly Step[]) => steps.map((step) => renewed.get(step) ?? step)
  const both = <P extends PlanPart>(part: P): P => ({ ...part, up: renew(part.up), down: renew(part.down) })
  return { ...both(plan), ...(plan.parts ? { parts: plan.parts.map((part) => both(part)) } : {}), trace }
}

/** What is planned so already is done so where it can be. */
function withoutOnlineFix({ code, message, fix }: StepHazard): StepHazard {
  return fix === undefined || fix === online ? { code, message } : { code, message, fix }
}

const notTransactional: StepHazard = {
  code: 'not-transactional',
  message: 'Runs outside a transaction: where it stops half-way, what it has done stays.',
  fix: 'Drop what it left behind before running it again.',
}

/** What the step's statements were seen to do while they held their own locks. */
function ownHazards(statements: readonly TracedStatement[]): readonly StepHazard[] {
  const hazards: StepHazard[] = []
  for (const statement of statements) {
    const hazard = workUnderLock(statement)
    if (hazard && !hazards.some(({ message }) => message === hazard.message)) hazards.push(hazard)
    if (statement.needsSuperuser) {
      hazards.push({
        code: 'needs-superuser',
        message: 'PostgreSQL lets only a superuser do this.',
        fix: 'Let an administrator run it before, and leave it out of the migration.',
      })
    }
  }
  return hazards
}

function workUnderLock(statement: TracedStatement): StepHazard | null {
  const stopped = blockedRelations(statement)
  const work = heavyWork(statement)
  if (!work) return null
  if (stopped.all.length > 0) {
    const message = `${work.says} while nobody can read or write ${list(stopped.all)}.`
    return { code: work.code, message, fix: online }
  }
  if (stopped.writes.length === 0) return null
  return {
    code: 'blocks-writes',
    message: `${work.says} while nobody can write to ${list(stopped.writes)}.`,
    fix: online,
  }
}

interface HeavyWork {
  readonly code: 'rewrites-table' | 'scans-under-lock' | 'blocks-all'
  readonly says: string
}

/** Work that takes the longer the more rows there are, on what was there before. */
function heavyWork({ locks, rewritten, indexesBuilt, scanned }: TracedStatement): HeavyWork | null {
  const existing = new Set(locks.flatMap(({ relation, existed }) => (existed ? [relation] : [])))
  const rewrites = rewritten.filter((relation) => existing.has(relation))
  if (rewrites.length > 0) return { code: 'rewrites-table', says: `Writes ${list(rewrites)} anew` }
  const builds = indexesBuilt.filter(({ relation }) => existing.has(relation))
  if (builds.length > 0) {
    return { code: 'blocks-all', says: `Builds ${list(builds.map(({ index }) => index))}` }
  }
  const scans = scanned.filter((relation) => existing.has(relation))
  // Where a new table is joined with others, as a check of its new foreign key is, it has no rows to join.
  const isAboutNew = scanned.length > scans.length
  if (scans.length === 0 || isAboutNew) return null
  return { code: 'scans-under-lock', says: `Reads every row of ${list(scans)}` }
}

function blockedRelations({ locks }: TracedStatement): Readonly<Record<'all' | 'writes', readonly string[]>> {
  const existing = locks.filter(({ existed }) => existed)
  const blocked = (what: string) =>
    existing.flatMap(({ relation, mode }) => (blockedBy(mode) === what ? [relation] : []))
  return { all: blocked('reads and writes'), writes: blocked('writes') }
}

/**
 * Locks are held until the transaction ends: what is heavy later in it, on other tables, makes a short lock a long one.
 */
function heldHazards(index: number, traced: readonly TracedStatement[]): readonly StepHazard[] {
  const own = traced.filter(({ step }) => step === index)
  const stopped = new Set(own.flatMap((statement) => blockedRelations(statement).all))
  const later = traced.filter(
    (other) =>
      other.step > index &&
      own.some(({ transaction }) => transaction === other.transaction) &&
      heavyWork(other) !== null,
  )
  const last = later.at(-1)
  // What the later work itself locks is said there.
  for (const { locks } of later) for (const { relation } of locks) stopped.delete(relation)
  if (!last || stopped.size === 0) return []
  const message = `Nobody can read or write ${list([...stopped])} until step ${last.step + 1} is done: the lock is held to the end of the transaction.`
  return [{ code: 'blocks-all', message, fix: online }]
}

/** What SQL mentions by name and then is no more under it: code that was written before stops working. */
function brokenCode(step: Step, steps: readonly Step[], from: SchemaDocument): readonly StepHazard[] {
  const object = from.objects.get(step.object)
  const says = breaking[step.action]
  if (!object || !says || kindOf(object).mentionedBy === undefined) return []
  if (steps.some(({ puts }) => isThere(object, puts))) return []
  const { how, fix } = says
  return [{ code: 'breaks-code', message: `Running code fails where it uses ${how}${object.name}.`, fix }]
}

const breaking: Partial<Record<Step['action'], { readonly how: string; readonly fix: string }>> = {
  drop: { how: '', fix: 'Deploy code that does without it first.' },
  rename: { how: 'the old name of ', fix: online },
  move: { how: 'the old place of ', fix: online },
}

function isThere(object: Step['puts'][number], puts: Step['puts']): boolean {
  return puts.some(
    ({ id, name, parent }) => id === object.id && name === object.name && parent === object.parent,
  )
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
