// npm run bench: builds the app and the benchmarks, then runs them. Times are shown as ratios within one run, since
// absolute times say more about the machine than about the program.
import { join } from 'node:path'
import { ensureChromium, ensureDependencies, main, root, run, runTool } from './machine.mjs'

main(async () => {
  await ensureDependencies()
  const built = await run(process.execPath, [join(root, 'scripts', 'build.mjs'), '--if-changed'])
  if (built !== 0) return built
  const bundled = await runTool('vite/bin/vite.js', [
    'build',
    '--ssr',
    'bench/run.ts',
    '--outDir',
    'dist/bench',
    '--logLevel',
    'error',
  ])
  if (bundled !== 0) return bundled
  process.env.CHROMIUM_PATH = await ensureChromium()
  return run(process.execPath, [join(root, 'dist', 'bench', 'run.js'), ...process.argv.slice(2)])
})
