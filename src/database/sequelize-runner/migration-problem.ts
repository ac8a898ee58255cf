import type { Problem } from '../../core/model/problem.ts'
import type { SourcePlace } from '../../core/sequelize/folder/source-place.ts'
import { ModuleLoadError } from './module-world.ts'
import { placeIn } from './source-line.ts'

/** Says what went wrong while a file ran. Sequelize wraps the server's error as `original`. */
export function migrationProblem(error: unknown): Problem {
  const inner = error instanceof Error && 'original' in error ? error.original : error
  const text = (name: string): string | undefined => {
    if (typeof inner !== 'object' || inner === null) return undefined
    const value: unknown = Reflect.get(inner, name)
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const code = text('code')
  const detail = text('detail')
  const hint = text('hint')
  const sql = text('sql')
  const position = inner instanceof ModuleLoadError ? 0 : Number(text('position'))
  return {
    severity: 'error',
    source: code && /^[0-9A-Z]{5}$/.test(code) ? 'PostgreSQL' : 'Migration',
    code: code ?? 'migration-failed',
    message: messageOf(inner),
    ...(detail ? { detail } : {}),
    ...(hint ? { hint } : {}),
    ...(sql ? { sql } : {}),
    ...(position > 0 ? { position } : {}),
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const isPlain = error.name === 'Error' || 'fields' in error || 'code' in error || error.message === ''
  return isPlain ? error.message || error.name : `${error.name}: ${error.message}`
}

/** The line of the folder's files that an error tells of. */
export function placeOfError(error: unknown): SourcePlace | undefined {
  if (error instanceof ModuleLoadError && error.line !== undefined) {
    return { path: error.path, line: error.line }
  }
  return placeIn(error instanceof Error ? error.stack : undefined)
}
