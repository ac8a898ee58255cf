/** What a header says of a proof. */
interface ProofFacts {
  readonly passed: boolean
  readonly postgres: string
  readonly sequelize?: string
  readonly rowsBefore: number
  readonly rowsKept: number
  readonly stoppedByRows?: { readonly name: string; readonly problem?: { readonly message: string } }
}

/** The sentences at the top of an exported migration: how it was proved, or that it was not. */
export function exportHeader(proof: ProofFacts | null): readonly string[] {
  if (!proof) return ['NOT PROVED. Exported by choice without running it up, down and up again.']
  const where = `on PostgreSQL ${proof.postgres}`.concat(
    proof.sequelize === undefined ? '' : ` with Sequelize ${proof.sequelize}`,
  )
  if (!proof.passed) return [`NOT PROVED. Exported by choice although its proof ${where} failed.`]
  return [
    `Proved by Relata ${where}: up, down and up again gave the schemas they should.`,
    ...(proof.stoppedByRows
      ? [
          `On empty tables only: with sample rows, ${proof.stoppedByRows.name} stopped: ${proof.stoppedByRows.problem?.message ?? ''}`,
        ]
      : []),
    ...(proof.rowsBefore > 0 ? [`Rows kept: ${proof.rowsKept} of ${proof.rowsBefore}.`] : []),
  ]
}
