import type { PgResult } from './shared-session.ts'

type Row = PgResult['rows'][number]

const beginning = 'WITH ranges AS ('
const end = "WHERE (pg_type.typtype IN('b', 'e'));"

/** Whether Sequelize asks which types there are, as it does on each new connection and after each enum. */
export function isTypeList(sql: string): boolean {
  return sql.startsWith(beginning) && sql.endsWith(end)
}

/**
 * Answers it with what is known and what is newer: the whole list takes longer than making the enum. Types that are gone
 * stay in it, where they say how values are parsed that nothing gives any more.
 */
export class TypeList {
  #known: readonly Row[] = []
  #last = 0

  async read(sql: string, query: (sql: string) => Promise<PgResult>): Promise<PgResult> {
    // A range that is newer than the type it is of adds a row for that type.
    const newer = `pg_type.oid > ${this.#last} OR ranges.rngtypid > ${this.#last}`
    const result = await query(`${sql.slice(0, -end.length)}${end.slice(0, -1)} AND (${newer});`)
    this.#known = [...this.#known, ...result.rows]
    for (const { oid, rngtypid } of result.rows) {
      this.#last = Math.max(this.#last, Number(oid), Number(rngtypid))
    }
    return { ...result, rowCount: this.#known.length, rows: [...this.#known] }
  }
}
