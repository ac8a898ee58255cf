import { createHash } from 'node:crypto'
import type { ObjectId } from '../core/model/object.ts'
import type { DatabaseApi } from '../database/api.ts'
import { importSql } from '../database/import-sql.ts'
import { createDatabase } from '../database/in-process.ts'
import { inProcessMigrator } from '../database/in-process-migrator.ts'
import { nodeAssets } from '../database/node-assets.ts'
import { openPglite } from '../database/pglite-engine.ts'
import { loadSqlParser } from '../database/sql-parser.ts'

/** PostgreSQL in this process, with the files of the build. */
export function openDatabase(): DatabaseApi {
  const open = async () => openPglite(await nodeAssets())
  return createDatabase({
    open,
    parse: () => loadSqlParser(),
    importSql: (openEngine, parse, sql, options) =>
      importSql(sql, openEngine, parse, { ...options, newId: idsOf(sql) }),
    openMigrator: inProcessMigrator(open),
  })
}

/** Ids that follow from the source: importing it again gives the same project, another source shares none of them. */
function idsOf(source: string): () => ObjectId {
  const seed = createHash('sha256').update(source).digest('hex')
  let count = 0
  return () => {
    count += 1
    return createHash('sha256').update(`${seed} ${count}`).digest('hex').slice(0, 16)
  }
}
