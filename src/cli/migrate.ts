import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Plan } from '../core/migration/plan.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { exportHeader } from '../core/sequelize/export-header.ts'
import { detectStyle } from '../core/sequelize/folder/detect-style.ts'
import type { Service } from '../core/sequelize/folder/find-services.ts'
import type { FolderFiles } from '../core/sequelize/folder/folder-files.ts'
import { runsBefore } from '../core/sequelize/folder/runs-before.ts'
import { withNext } from '../core/sequelize/folder/with-next.ts'
import { type NextFile, writeNext } from '../core/sequelize/folder/write-next.ts'
import { proposeTitle } from '../core/sequelize/migration-title.ts'
import type { DatabaseApi } from '../database/api.ts'
import { proveInFolder } from '../database/prove-in-folder.ts'
import { receivingService } from './chosen-services.ts'
import { Exit, exitCodes } from './exit-codes.ts'
import { emitChanges } from './folder-changes.ts'
import { nextModelFiles } from './model-files.ts'
import { type Invocation, textOption } from './options.ts'
import { planChoices } from './plan-choices.ts'
import { readWanted, withOwnIds } from './read-schema.ts'
import { isWhole, type ReplayedFolder, replayFolder } from './replay-folder.ts'
import { problemLines, proofLines } from './report.ts'
import { nextSeedFiles, type SeedFilesToWrite } from './seed-files.ts'
import { emitFiles, type Terminal } from './terminal.ts'

/** `relata migrate`: writes the next migration of a folder so that it builds the wanted schema, proved before it is there. */
export async function runMigrate(
  invocation: Invocation,
  database: DatabaseApi,
  terminal: Terminal,
): Promise<number> {
  const [folder = ''] = invocation.inputs
  const replayed = await replayFolder(invocation, database, terminal)
  const isToSkip = invocation.options['skip-failing'] === true
  const service = receivingService(replayed, textOption(invocation, 'into'), folder)
  if (!isWhole(replayed.replay) && !isToSkip) {
    terminal.note('Nothing is planned from a part of the folder; --skip-failing goes on without what failed.')
    return exitCodes.failed
  }
  const isAsked = (flag: string) => invocation.options[flag] === true
  const withSeeds = isAsked('seeds') || isAsked('edit-seeds')
  const path = textOption(invocation, 'to') ?? ownProject(folder, replayed.files, withSeeds)
  const { from, to } =
    path === null
      ? { from: replayed.replay.document, to: replayed.replay.document }
      : await readWanted(path, replayed.replay.document, database, terminal)
  const plan = await database.plan(from, to, { choices: planChoices(invocation, from, to) })
  const isCheck = invocation.options.check === true
  if (plan.refusals.length > 0) {
    for (const line of plan.refusals.flatMap((problem) => problemLines(problem))) terminal.note(line)
    return exitCodes.refused
  }
  if (plan.up.length === 0) {
    if (path !== null) terminal.note(`The folder builds what ${path} says.`)
    if (!withSeeds || isCheck) return exitCodes.done
    noteReceiver('seeds go', service, replayed.services, invocation, terminal)
    const alone = { database, terminal, replayed, service, from, to: from, next: [] }
    return writeSeeds({ ...alone, editsTheirs: isAsked('edit-seeds') }, isAsked('dry-run') ? null : folder)
  }
  for (const note of plan.notes ?? []) terminal.note(note)
  for (const { title, hazards } of plan.up) {
    terminal.note(
      isCheck ? `  ${title}` : `  ${[title, ...hazards.map(({ message }) => message)].join(': ')}`,
    )
  }
  if (isCheck) {
    terminal.note(`The folder builds another schema than ${path} says: the steps above lead there.`)
    return exitCodes.failed
  }
  noteReceiver('migration goes', service, replayed.services, invocation, terminal)
  const before = runsBefore(service, replayed.services)
  if (before) for (const line of problemLines(before)) terminal.note(line)
  const files = await provenFiles({ invocation, database, terminal, replayed, service, plan, from, to })
  if (files === null) return exitCodes.failed
  const isDry = invocation.options['dry-run'] === true
  const present = files.find((file) => !isDry && existsSync(join(folder, file.path)))
  if (present) throw new Exit(exitCodes.noOutput, `${present.path} is there already.`)
  const shared = { database, terminal, replayed, service, from, to }
  const models =
    isAsked('models') || isAsked('edit-models')
      ? await nextModelFiles({ ...shared, editsTheirs: isAsked('edit-models') })
      : []
  const seeds = withSeeds
    ? await nextSeedFiles({ ...shared, next: files, editsTheirs: isAsked('edit-seeds') })
    : []
  if (seeds === null) return exitCodes.failed
  emitFiles(
    files.map((file) => ({ name: file.path, text: file.source })),
    isDry ? null : folder,
    terminal,
  )
  emitChanges([...models, ...seeds], isDry ? null : folder, terminal)
  return exitCodes.done
}

/** Writes seeds alone, into the folder or to standard output where it is null. */
async function writeSeeds(wanted: SeedFilesToWrite, folder: string | null): Promise<number> {
  const seeds = await nextSeedFiles(wanted)
  if (seeds === null) return exitCodes.failed
  if (seeds.length === 0) wanted.terminal.note('No seeds are missing.')
  emitChanges(seeds, folder, wanted.terminal)
  return exitCodes.done
}

/** Says which of several services gets what is written, and how another is chosen. */
function noteReceiver(
  what: string,
  service: Service,
  services: readonly Service[],
  invocation: Invocation,
  terminal: Terminal,
): void {
  const others = services.filter((one) => one !== service).map(({ name }) => name)
  if (others.length > 0 && textOption(invocation, 'into') === null) {
    terminal.note(
      `The ${what} into ${service.name}, which runs last. --into names another: ${others.join(', ')}.`,
    )
  }
}

/** The one project file in the folder; null without any, where that may be. */
function ownProject(folder: string, files: FolderFiles, mayLack: boolean): string | null {
  const projects = [...files.keys()].filter((path) => path.endsWith('.relata.json'))
  const [project] = projects
  if (project === undefined && mayLack) return null
  if (project === undefined || projects.length > 1) {
    const found = projects.length > 1 ? `several projects: ${projects.join(', ')}` : 'no project'
    throw new Exit(exitCodes.usage, `--to says which schema is wanted: there is ${found} in ${folder}.`)
  }
  return join(folder, project)
}

interface Writing {
  readonly invocation: Invocation
  readonly database: DatabaseApi
  readonly terminal: Terminal
  readonly replayed: ReplayedFolder
  readonly service: Service
  readonly plan: Plan
  readonly from: SchemaDocument
  readonly to: SchemaDocument
}

/**
 * The files as they are to be written, run as such: up, down and up again on what the folder builds, then all of the
 * folder from nothing with them. Null, with the reasons noted, where anything differs from what it should be.
 */
async function provenFiles(writing: Writing): Promise<readonly NextFile[] | null> {
  const { invocation, database, terminal, replayed, service, plan, from, to } = writing
  const { files, found, services, request } = replayed
  const title = textOption(invocation, 'name') ?? proposeTitle(plan, from, to)
  const { style } = detectStyle(files, service)
  const next = { plan, title, style, service, services: found, stamp: new Date() }
  const { files: written, problems } = writeNext(next)
  for (const line of problems.flatMap((problem) => problemLines(problem))) terminal.note(line)
  const sources = written.map(({ source }) => source)
  const fileNames = written.map(({ fileName }) => fileName)
  const proof = await database.prove({ from, to, plan, sources, fileNames })
  for (const line of proofLines(proof)) terminal.note(line)
  if (!proof.passed) return null
  const signed = writeNext({ ...next, header: exportHeader(proof) }).files
  const whole = await proveInFolder(database, {
    request: {
      ...request,
      ...withNext({ files: request.files, services }, service.migrationsFolder, signed),
    },
    next: signed.map(({ path }) => path),
    to,
    withOwnIds,
  })
  if (!whole.problem) return signed
  for (const line of problemLines(whole.problem)) terminal.note(line)
  return null
}
