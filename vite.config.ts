import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { configDefaults, defineConfig } from 'vitest/config'
import { baselineWasm } from './e2e/fixtures/baseline-wasm.ts'

/**
 * What the built page may load. PGlite compiles WebAssembly; Monaco and React Flow write style attributes. The frame
 * that runs migrations has a policy of its own. Not set in development, where Vite injects inline scripts.
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self' blob: data:",
  "frame-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

function securityPolicy(): Plugin {
  return {
    name: 'relata-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
        injectTo: 'head-prepend',
      },
    ],
  }
}

/** PGlite is handed its files, compressed, from public/engine: those beside its code need not be in the build too. */
function withoutEngineCopies(): Plugin {
  return {
    name: 'relata-without-engine-copies',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('@electric-sql/pglite/dist/')) return null
      const copies = /new URL\("(?:\.\/)?(?:pglite\.wasm|pglite\.data|initdb\.wasm)",\s*import\.meta\.url\)/g
      return code.replaceAll(copies, 'new URL("missing:")')
    },
  }
}

/** Tests that need a PostgreSQL in WebAssembly; the others answer in milliseconds. */
const databaseTests = [
  'src/database/**/*.test.ts',
  'src/core/kinds/contract.test.ts',
  'src/core/**/*.pglite.test.ts',
]
/** Those that need a process of their own: stores are its globals, and a client gives up a thread that is slow. */
const isolatedTests = ['src/state/**/*.pglite.test.ts', 'src/database/client.test.ts']
const propertyTests = ['src/**/*.property.test.ts']

/**
 * What the page always loads, in two chunks with all that they rest on: in the many that it would fall into by who else
 * uses each part, it compresses worse by a twentieth.
 */
const chunkGroups = [
  { name: 'kinds', test: /core\/kinds\/registry\.ts$/, priority: 2 },
  { name: 'start', test: /src\/main\.tsx$/, priority: 1 },
]

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [react(), securityPolicy()],
  worker: { format: 'es', plugins: () => [withoutEngineCopies()] },
  optimizeDeps: {
    exclude: ['@electric-sql/pglite', '@electric-sql/pglite-pgvector'],
    // CommonJS, reached from a worker only, which the scan for dependencies does not see.
    include: ['libpg-query/wasm/libpg-query.js'],
  },
  build: {
    target: isSsrBuild ? 'node20' : 'es2023',
    copyPublicDir: !isSsrBuild,
    manifest: !isSsrBuild,
    // Everything lazy is behind a dynamic import; the sizes are guarded by e2e/built/first-load.test.ts.
    chunkSizeWarningLimit: 5000,
    reportCompressedSize: false,
    ...(isSsrBuild ? {} : { rolldownOptions: { output: { codeSplitting: { groups: chunkGroups } } } }),
  },
  test: {
    environment: 'node',
    maxWorkers: 2,
    passWithNoTests: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}'],
          exclude: [...configDefaults.exclude, ...databaseTests, ...isolatedTests, ...propertyTests],
          // Loading all modules anew for each file takes longer than the tests.
          isolate: false,
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'database',
          include: databaseTests,
          exclude: [...configDefaults.exclude, ...isolatedTests, ...propertyTests],
          // What V8 made of PostgreSQL's WebAssembly is kept from file to file: making it takes longer than most tests.
          isolate: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'isolated',
          include: isolatedTests,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: { name: 'property', include: propertyTests, testTimeout: 900_000, hookTimeout: 120_000 },
      },
      {
        extends: true,
        test: {
          name: 'built',
          include: ['e2e/built/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'real-postgres',
          include: ['e2e/real-postgres/**/*.test.ts'],
          globalSetup: ['e2e/fixtures/first-server.ts'],
          execArgv: baselineWasm,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'screenshots',
          include: ['e2e/screenshots/*.shot.ts'],
          globalSetup: ['e2e/fixtures/served-app.ts'],
          fileParallelism: false,
          expect: { poll: { timeout: 120_000 } },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/*.spec.ts'],
          globalSetup: ['e2e/fixtures/served-app.ts'],
          // A journey follows the page, however busy the machine is: these only end what will never come.
          expect: { poll: { timeout: 120_000 } },
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
}))
