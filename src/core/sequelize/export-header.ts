import type { FileFormat } from './flavours.ts'

/** What a header says of a proof. */
interface ProofFacts {
  readonly passed: boolean
  readonly postgres: string
  readonly sequelize?: string
  readonly rowsBefore: number
  readonly rowsKept: number
  readonly stoppedByRows?: { readonly name: string; readonly problem?: { readonly message: string } }
}

/** The forms whose files are run as they are written; those of the others share only their body with what was run. */
const runAsWritten: readonly FileFormat[] = ['sequelize', 'cjs', 'sql']

/** The sentences at the top of an exported migration: how it was proved, or that it was not. */
export function exportHeader(proof: ProofFacts | null, format: FileFormat = 'sequelize'): readonly string[] {
  const lines = proofLines(proof)
  if (!proof?.passed || runAsWritten.includes(format)) return lines
  return [...lines, 'What was run is a CommonJS file with the same body: this form of it was not.']
}

function proofLines(proof: ProofFacts | null): readonly string[] {
  if (!proof) return ['NOT PROVED. Exported by choice without running it up, down and up again.']
  const where = `on PostgreSQL ${proof.postgres}`.concat(
    proof.sequelize === undefined ? '' : ` with Sequelize ${proof.sequelize}`,
  )
  if (!proof.passed) return [`NOT PROVED. Exported by choice although its proof ${where} failed.`]
  const said = 'up, down and up again gave the schemas they should.'
  const { stoppedByRows } = proof
  if (stoppedByRows) {
    return [
      `Proved by Relata ${where}, on empty tables only: ${said}`,
      `NOT PROVED WITH ROWS. With sample rows ${stoppedByRows.name} stopped: ${stoppedByRows.problem?.message ?? ''}`,
    ]
  }
  return [
    `Proved by Relata ${where}: ${said}`,
    proof.rowsBefore > 0
      ? `Rows kept: ${proof.rowsKept} of ${proof.rowsBefore}.`
      : 'No table held a row that could be lost.',
  ]
}
