// node scripts/try-corpus.mjs <folder> [--only=text] [--part=0/4] [--imports] [--sequelize] [--second-opinion] [--quiet]:
// tries the engine on every folder below that holds a.sql and b.sql, in the SQL form or in that of migration files too; for a second opinion on a real server instead, where pg-delta compares. Each must converge, be refused with a reason, or not load; none may be wrong.
import { join } from 'node:path'
import { ensureDependencies, ensureEngine, main, root, run, runTool } from './machine.mjs'

main(async () => {
  await ensureDependencies()
  await ensureEngine()
  const bundled = await runTool('vite/bin/vite.js', [
    'build',
    '--ssr',
    'bench/try-corpus.ts',
    '--outDir',
    'dist/corpus',
    '--logLevel',
    'warn',
  ])
  if (bundled !== 0) return bundled
  return run(process.execPath, [join(root, 'dist', 'corpus', 'try-corpus.js'), ...process.argv.slice(2)])
})
