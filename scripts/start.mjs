// npm start: installs and builds what is missing, then serves the app.
import { join } from 'node:path'
import { main, root, run, runTool } from './machine.mjs'

main(async () => {
  const build = await run(process.execPath, [join(root, 'scripts', 'build.mjs'), '--if-changed'])
  if (build !== 0) return build
  console.log('\nRelata is served at:')
  return runTool('vite/bin/vite.js', ['preview', '--host', '127.0.0.1', ...process.argv.slice(2)])
})
