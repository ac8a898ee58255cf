import type { Plan } from '../migration/plan.ts'
import { sqlFiles } from '../migration/sql-files.ts'
import { slug, stampText } from './file-name.ts'
import { type FileFormat, styleOf } from './flavours.ts'
import { type MigrationFile, pathOfFile } from './migration-file.ts'
import { type MigrationOptions, renderMigrations } from './render-migration.ts'

/** The files of a plan in a format; none for a plan that does nothing or has refusals. */
export function writeFiles(options: MigrationOptions, format: FileFormat): readonly MigrationFile[] {
  const { plan, title, stamp, header } = options
  if (isIdle(plan)) return []
  const style = styleOf(format)
  if (style) return renderMigrations({ ...options, style })
  const name = `${stampText(stamp)}-${slug(title)}`
  return sqlFiles(plan, header).map((file) => ({
    ...file,
    folder: pathOfFile(
      file.folder === undefined ? { fileName: name } : { fileName: name, folder: file.folder },
    ),
  }))
}

function isIdle(plan: Plan): boolean {
  return plan.up.length === 0 || plan.refusals.length > 0
}
