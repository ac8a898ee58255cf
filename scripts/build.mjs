// Builds the page into dist/ and the command line into dist/cli/, with the engine's prebuilt parts.
// `--if-changed` skips it when no input changed since the last build.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureDependencies, ensureEngine, fingerprint, main, root, runTool } from './machine.mjs'

const inputs = [
  'index.html',
  'package-lock.json',
  'public',
  'scripts',
  'src',
  'tsconfig.json',
  'vite.config.ts',
]
const stamp = join(root, 'dist', '.inputs')

main(async () => {
  await ensureDependencies()
  await ensureEngine()
  const inputsNow = fingerprint(inputs)
  const isFresh = existsSync(stamp) && readFileSync(stamp, 'utf8') === inputsNow
  if (isFresh && process.argv.includes('--if-changed')) return 0
  console.log('Building the app …')
  const page = await runTool('vite/bin/vite.js', ['build', '--logLevel', 'error'])
  if (page !== 0) return page
  const cli = await runTool('vite/bin/vite.js', [
    'build',
    '--ssr',
    'src/cli/relata.ts',
    '--outDir',
    'dist/cli',
    '--logLevel',
    'error',
  ])
  if (cli !== 0) return cli
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(stamp, inputsNow)
  return 0
})
