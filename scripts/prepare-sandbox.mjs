/**
 * Makes the sandbox in which the page runs migrations: public/engine/sandbox-runner.js, one self-contained script with
 * PGlite and the real Sequelize, and sandbox.html, the frame that starts it. Does nothing when it is up to date.
 */
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const script = fileURLToPath(import.meta.url)
const root = join(dirname(script), '..')
const target = join(root, 'public', 'engine')
const require = createRequire(import.meta.url)

/** Starts the worker that the page hands in, and passes its port on. */
const frameScript = `addEventListener('message', ({ data, ports }) => {
  const worker = new Worker(URL.createObjectURL(new Blob([data.script], { type: 'text/javascript' })))
  worker.postMessage(null, ports)
}, { once: true })
parent.postMessage('sandbox ready', '*')`

/** No network at all: only the worker's own code, WebAssembly, and the evaluation of a migration's text. */
const policy = [
  "default-src 'none'",
  `script-src 'sha256-${createHash('sha256').update(frameScript).digest('base64')}' 'unsafe-eval' 'wasm-unsafe-eval' blob:`,
  'worker-src blob:',
].join('; ')

const frame = `<!doctype html>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Migration sandbox</title>
<script>${frameScript}</script>
`

const stamp = await fingerprint()
const stampFile = join(target, 'sandbox-stamp.json')

if ((await readFile(stampFile, 'utf8').catch(() => '')) === stamp) {
  console.log('public/engine/sandbox-runner.js is up to date')
} else {
  const started = performance.now()
  await mkdir(target, { recursive: true })
  await bundle()
  await writeFile(join(target, 'sandbox.html'), frame)
  await writeFile(stampFile, stamp)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`public/engine/sandbox-runner.js made in ${seconds} s`)
}

/** The runner's sources and the versions of what it holds. */
async function fingerprint() {
  const hash = createHash('sha256').update(await readFile(script))
  for (const folder of [
    'src/database',
    'src/database/sequelize-runner',
    'src/core/sql',
    'src/core/sequelize/folder',
  ]) {
    for (const name of (await readdir(join(root, folder))).sort()) {
      if (!name.endsWith('.ts') || name.includes('.test')) continue
      hash.update(name).update(await readFile(join(root, folder, name)))
    }
  }
  hash.update(await readFile(join(root, 'package-lock.json')))
  return hash.digest('hex')
}

async function bundle() {
  const browser = (name) => require.resolve(`${name}/`)
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    plugins: [otherDialects(), withoutAddress()],
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    resolve: {
      alias: [
        { find: /^(node:)?util$/, replacement: browser('util') },
        { find: /^(node:)?assert$/, replacement: browser('assert') },
        { find: /^(node:)?path$/, replacement: browser('path-browserify') },
        { find: /^(node:)?url$/, replacement: browser('url') },
        { find: /^(node:)?events$/, replacement: browser('events') },
        { find: /^(node:)?buffer$/, replacement: browser('buffer') },
        { find: /^sequelize$/, replacement: require.resolve('sequelize/lib/index') },
        // The ES builds of both break Sequelize's require: isMoment is then missing.
        { find: /^moment$/, replacement: require.resolve('moment/moment.js') },
        {
          find: /^moment-timezone$/,
          replacement: require.resolve('moment-timezone/builds/moment-timezone-with-data-10-year-range.js'),
        },
      ],
    },
    build: {
      outDir: target,
      emptyOutDir: false,
      target: 'es2023',
      minify: true,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 5000,
      lib: {
        entry: join(root, 'src/database/sequelize-runner/sandbox.worker.ts'),
        formats: ['iife'],
        name: 'sandbox',
        fileName: () => 'sandbox-runner.js',
      },
      rolldownOptions: { output: { codeSplitting: false }, onLog: () => undefined },
    },
  })
}

/** Empty modules for Sequelize's seven other dialects and for what Node alone has. */
function otherDialects() {
  const empty = '\0empty'
  const dialects = /dialects\/(db2|mariadb|mssql|mysql|oracle|snowflake|sqlite)(\/|$)/
  const nodeOnly =
    /^(node:)?(async_hooks|fs|fs\/promises|crypto|module|stream|net|tls|dns|process|os|worker_threads|child_process)$/
  return {
    name: 'without-other-dialects',
    enforce: 'pre',
    resolveId: (source) => (dialects.test(source) || nodeOnly.test(source) ? empty : null),
    // Data types of other dialects are functions that are called as soon as they are loaded.
    load: (id) => (id === empty ? 'module.exports = () => ({})' : null),
  }
}

/** The script has no address of its own; with one, Vite would put every file that PGlite names into it. */
function withoutAddress() {
  return {
    name: 'without-address',
    enforce: 'pre',
    transform: (code, id) =>
      id.includes('pglite') && code.includes('import.meta.url')
        ? { code: code.replaceAll('import.meta.url', '"https://sandbox.invalid/"'), map: null }
        : null,
  }
}
