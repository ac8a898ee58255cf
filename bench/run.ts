import { benchCanvas } from './canvas.ts'
import { benchEngine } from './engine.ts'
import { firstLoadBudget, measureFirstLoad, totalGzip } from './first-load.ts'
import { benchProof } from './proof.ts'
import { benchReplay, benchReplayInPage } from './replay.ts'

const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1).padStart(8)} kB`

function printFirstLoad(): void {
  const { first, lazy } = measureFirstLoad()
  console.log('\nFirst load, gzip')
  for (const { file, gzip } of first.slice(0, 16)) console.log(`  ${kilobytes(gzip)}  ${file}`)
  console.log(
    `  ${kilobytes(totalGzip(first))}  in all ${first.length} files; the budget is ${kilobytes(firstLoadBudget).trim()}`,
  )
  console.log('Later, gzip, the largest')
  for (const { file, gzip } of lazy.slice(0, 12)) console.log(`  ${kilobytes(gzip)}  ${file}`)
}

printFirstLoad()
const tables = Number(process.argv[2] ?? 1000)
await benchEngine(tables)
await benchProof()
await benchReplay(300)
await benchReplayInPage(300, 200)
await benchCanvas(tables)
