/**
 * Makes public/engine: everything PostgreSQL in the page needs to start, compressed, so that no server has to:
 * the WebAssembly module, its files, a data directory on which initdb has already run, and one archive per
 * extension, fetched when CREATE EXTENSION asks for it. Does nothing when it is up to date.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { PGlite } from '@electric-sql/pglite'

const script = fileURLToPath(import.meta.url)
const target = join(dirname(script), '..', 'public', 'engine')
const require = createRequire(import.meta.url)
const pglite = dirname(require.resolve('@electric-sql/pglite'))
const pgvector = dirname(require.resolve('@electric-sql/pglite-pgvector'))

/**
 * max_stack_depth: PGlite's default is deeper than the WebAssembly stack, which then overflows without an error.
 * max_locks_per_transaction: with the default, dropping or making 2,000 tables at once runs out of shared memory.
 * temp_file_limit ends runaway queries, which statement_timeout cannot do here.
 */
const settings = `
shared_buffers = 16MB
max_connections = 10
max_locks_per_transaction = 4096
max_stack_depth = 100kB
temp_file_limit = 200MB
min_wal_size = 2MB
max_wal_size = 8MB
timezone = 'UTC'
log_timezone = 'UTC'
`

const stamp = JSON.stringify({
  script: await readFile(script, 'utf8'),
  pglite: await version(pglite),
  pgvector: await version(pgvector),
})

if (await isCurrent()) {
  console.log('public/engine is up to date')
} else {
  await build()
}

async function version(folder) {
  return JSON.parse(await readFile(join(folder, '..', 'package.json'), 'utf8')).version
}

async function isCurrent() {
  try {
    return (await readFile(join(target, 'stamp.json'), 'utf8')) === stamp
  } catch {
    return false
  }
}

async function build() {
  const started = performance.now()
  await rm(join(target, 'extensions'), { recursive: true, force: true })
  await mkdir(join(target, 'extensions'), { recursive: true })
  await compress(join(pglite, 'pglite.wasm'), 'pglite.wasm.gz')
  await compress(join(pglite, 'pglite.data'), 'pglite.data.gz')
  await writeFile(join(target, 'cluster.tar.gz'), await buildCluster())
  const manifest = { extensions: await copyExtensions() }
  await writeFile(join(target, 'manifest.json'), JSON.stringify(manifest))
  await writeFile(join(target, 'stamp.json'), stamp)
  console.log(`public/engine made in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}

async function compress(file, name) {
  await writeFile(join(target, name), gzipSync(await readFile(file), { level: 9 }))
}

/**
 * A fresh cluster with frozen, analysed catalogues, so that the planner knows their sizes from the start. The template
 * databases are dropped: nothing here creates a database, and each is a third of the archive.
 */
async function buildCluster() {
  const engine = await PGlite.create({
    initDbStartParams: ['--wal-segsize=1'],
    postgresqlconf: settings,
  })
  for (const template of ['template0', 'template1']) {
    await engine.exec(`UPDATE pg_database SET datistemplate = false WHERE datname = '${template}'`)
    await engine.exec(`DROP DATABASE ${template}`)
  }
  await engine.exec('VACUUM (FREEZE, ANALYZE)')
  await engine.exec('SELECT pg_switch_wal()')
  await engine.exec('CHECKPOINT')
  await removeRecycledWal(engine)
  const archive = await engine.dumpDataDir('none')
  const bytes = Buffer.from(await archive.arrayBuffer())
  await engine.close()
  return gzipSync(bytes, { level: 9 })
}

/** Segments after the current one hold old bytes, kept by PostgreSQL only to be written over. */
async function removeRecycledWal(engine) {
  const { rows } = await engine.query('SELECT pg_walfile_name(pg_current_wal_lsn()) AS current')
  const folder = '/pglite/data/pg_wal'
  for (const name of engine.Module.FS.readdir(folder)) {
    if (/^[0-9A-F]{24}$/.test(name) && name > rows[0].current) engine.Module.FS.unlink(`${folder}/${name}`)
  }
}

/** Copies every extension archive; gives each extension's archive and the extensions it requires. */
async function copyExtensions() {
  const archives = [
    ...(await readdir(pglite)).filter((name) => name.endsWith('.tar.gz')).map((name) => join(pglite, name)),
    join(pgvector, 'vector.tar.gz'),
  ]
  const extensions = {}
  for (const archive of archives) {
    const bytes = await readFile(archive)
    const file = archive.slice(dirname(archive).length + 1)
    const controls = controlFiles(gunzipSync(bytes))
    for (const [name, text] of controls) {
      const requires = /^requires\s*=\s*'([^']*)'/m.exec(text)?.[1] ?? ''
      extensions[name] = {
        file,
        requires: requires
          .split(',')
          .map((item) => item.trim())
          .filter(Boolean),
      }
    }
    if (controls.length === 0) extensions[file.replace('.tar.gz', '')] = { file, requires: [] }
    await writeFile(join(target, 'extensions', file), bytes)
  }
  return extensions
}

/** The `.control` files of a tar archive, by extension name. */
function controlFiles(tar) {
  const found = []
  for (let offset = 0; offset + 512 <= tar.length && tar[offset] !== 0; ) {
    const name = text(tar, offset, 100)
    const size = Number.parseInt(text(tar, offset + 124, 12), 8)
    const control = /([^/]+)\.control$/.exec(name)
    if (control) found.push([control[1], tar.toString('utf8', offset + 512, offset + 512 + size)])
    offset += 512 + Math.ceil(size / 512) * 512
  }
  return found
}

function text(bytes, offset, length) {
  return bytes
    .toString('utf8', offset, offset + length)
    .replace(/\0.*$/s, '')
    .trim()
}
