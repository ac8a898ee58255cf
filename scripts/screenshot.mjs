// npm run screenshot: builds the app and takes the pictures: docs/relata.png for README, the others in test-results/.
import { join } from 'node:path'
import { ensureDependencies, main, root, run, runTool } from './machine.mjs'

main(async () => {
  await ensureDependencies()
  const built = await run(process.execPath, [join(root, 'scripts', 'build.mjs'), '--if-changed'])
  if (built !== 0) return built
  return runTool('vitest/vitest.mjs', ['run', '--project', 'screenshots'])
})
