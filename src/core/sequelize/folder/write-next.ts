import type { Plan } from '../../migration/plan.ts'
import type { Problem } from '../../model/problem.ts'
import { type MigrationFile, pathOfFile } from '../migration-file.ts'
import { type MigrationOptions, renderMigrations } from '../render-migration.ts'
import type { Service } from './find-services.ts'
import { nameOf, pathIn } from './folder-files.ts'
import { nextNames } from './next-names.ts'
import type { FolderStyle } from './style.ts'

/** The next migration of a folder. */
export interface NextMigration extends MigrationOptions {
  readonly style: FolderStyle
  /** Into which of the folder's services it goes. */
  readonly service: Pick<Service, 'migrationsFolder' | 'migrations' | 'others'>
  /** All of the folder: their files are noted as done in one table, so no two have the same name. */
  readonly services: readonly Pick<Service, 'migrations'>[]
}

export interface NextFile extends MigrationFile {
  /** From the opened folder: `src/db/migrations/004-add-slug.js`. */
  readonly path: string
}

export interface NextFiles {
  /** In the order in which they run. None for a plan that does nothing or has refusals. */
  readonly files: readonly NextFile[]
  /** What a person should know before they are written: a name that had to leave the folder's pattern. */
  readonly problems: readonly Problem[]
}

/** The files of a plan as the folder's own: in its style, beside the others, after all of them. */
export function writeNext(next: NextMigration): NextFiles {
  const { plan, style, service, services, stamp } = next
  if (isIdle(plan)) return { files: [], problems: [] }
  let problems: readonly Problem[] = []
  const rendered = renderMigrations({
    ...next,
    folder: service.migrationsFolder,
    nameFiles: (titles) => {
      const named = nextNames({
        titles,
        style,
        stamp,
        present: [...service.migrations, ...service.others].map(nameOf),
        taken: services.flatMap(({ migrations }) => migrations.map(nameOf)),
      })
      problems = named.problems
      return named.names
    },
  })
  const files = rendered.map((file) => ({
    ...file,
    path: pathIn(service.migrationsFolder, pathOfFile(file)),
  }))
  return { files, problems }
}

function isIdle(plan: Plan): boolean {
  return plan.up.length === 0 || plan.refusals.length > 0
}
