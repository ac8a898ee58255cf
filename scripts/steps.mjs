// The steps of `npm run check` and `npm test`. A step is one tool; a test tool counts its tests, any other counts one.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { root, run, runTool } from './machine.mjs'

const types = { name: 'types', run: () => asOne(runTool('typescript/bin/tsc', ['-p', '.'])) }
const coreTypes = {
  name: 'core-types',
  run: () => asOne(runTool('typescript/bin/tsc', ['-p', 'src/core'])),
}
const lint = {
  name: 'lint',
  run: () => asOne(runTool('@biomejs/biome/bin/biome', ['check', '--error-on-warnings'])),
}
const unused = { name: 'unused', run: () => asOne(runTool('knip/bin/knip.js', ['--no-progress'])) }
const unit = { name: 'unit', run: () => vitest('unit') }

export const fastSteps = [types, coreTypes, lint, unit]

export const allSteps = [
  types,
  coreTypes,
  lint,
  unused,
  { name: 'build', run: () => asOne(run(process.execPath, [join(root, 'scripts', 'build.mjs')])) },
  unit,
  { name: 'database', run: () => vitest('database', 'isolated') },
  { name: 'property', run: () => vitest('property') },
  { name: 'built', run: () => vitest('built') },
  { name: 'real-postgres', run: () => vitest('real-postgres') },
  { name: 'e2e', run: () => vitest('e2e') },
]

/** Runs the steps in order, all of them even after a failure, and prints the sum. Resolves to the exit code. */
export async function runSteps(steps) {
  const outcomes = []
  for (const step of steps) {
    console.log(`\n── ${step.name} ${'─'.repeat(Math.max(0, 60 - step.name.length))}`)
    const start = performance.now()
    const counts = await step.run()
    outcomes.push({ name: step.name, seconds: (performance.now() - start) / 1000, ...counts })
  }
  console.log(`\n── result ${'─'.repeat(54)}`)
  for (const { name, seconds, passed, failed } of outcomes) {
    const mark = failed > 0 ? '✗' : '✓'
    console.log(
      `${mark} ${name.padEnd(16)} ${seconds.toFixed(1).padStart(7)} s   ${passed} passed, ${failed} failed`,
    )
  }
  printFailures(outcomes.flatMap((outcome) => outcome.failures ?? []))
  const sum = (key) => outcomes.reduce((total, outcome) => total + outcome[key], 0)
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
  return sum('failed') > 0 ? 1 : 0
}

/** Names every failed test once more: whoever reads only the end of a long log sees which and why. */
function printFailures(failures) {
  for (const { test, file, message } of failures) {
    console.log(`\n✗ ${file}\n  ${test}\n${message.slice(0, 1500).replaceAll(/^/gm, '    ')}`)
  }
}

function failuresOf(report) {
  return report.testResults.flatMap((file) => {
    const place = relative(root, file.name)
    const failed = file.assertionResults.filter((test) => test.status === 'failed')
    if (failed.length === 0 && file.status === 'failed') {
      return [{ test: 'the file itself', file: place, message: file.message }]
    }
    return failed.map((test) => ({
      test: test.fullName,
      file: place,
      message: test.failureMessages.join('\n'),
    }))
  })
}

async function asOne(exitCode) {
  return (await exitCode) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/** Runs projects of vite.config.ts. A run that ends badly without a failed test (a crash) counts as one failure. */
export async function vitest(...projects) {
  const folder = mkdtempSync(join(tmpdir(), 'relata-test-'))
  const report = join(folder, 'report.json')
  try {
    const code = await runTool('vitest/vitest.mjs', [
      'run',
      ...projects.flatMap((project) => ['--project', project]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ])
    if (!existsSync(report)) return { passed: 0, failed: 1 }
    const outcome = JSON.parse(readFileSync(report, 'utf8'))
    const failed = code === 0 ? outcome.numFailedTests : Math.max(1, outcome.numFailedTests)
    return { passed: outcome.numPassedTests, failed, failures: failuresOf(outcome) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
