// npm run dev: the sources with hot reload. What is served lacks the build's content security policy.
import { ensureDependencies, ensureEngine, main, runTool } from './machine.mjs'

main(async () => {
  await ensureDependencies()
  await ensureEngine()
  return runTool('vite/bin/vite.js', process.argv.slice(2))
})
