import loadGlue from 'libpg-query/wasm/libpg-query.js'
import type { ParsedStatement, ParseSql, SqlNode } from '../core/sql/split.ts'

/**
 * Loads PostgreSQL's parser (libpg-query). `wasmUrl` is where a browser finds libpg-query.wasm; Node finds it beside
 * the package's own files.
 */
export async function loadSqlParser(wasmUrl?: string): Promise<ParseSql> {
  const glue = await loadGlue(wasmUrl === undefined ? {} : { locateFile: () => wasmUrl })
  return (sql) => {
    const bytes = glue.lengthBytesUTF8(sql) + 1
    const text = glue._malloc(bytes)
    glue.stringToUTF8(sql, text, bytes)
    let result = 0
    try {
      result = glue._wasm_parse_query_raw(text)
      // struct PgQueryParseResult { char *parse_tree; char *stderr_buffer; PgQueryError *error; }
      const error = glue.getValue(result + 8, 'i32')
      if (error !== 0) {
        // struct PgQueryError { char *message, *funcname, *filename; int lineno, cursorpos; … }
        const message = glue.UTF8ToString(glue.getValue(error, 'i32'))
        return { message, position: Math.max(1, glue.getValue(error + 16, 'i32')) }
      }
      return statementsOf(JSON.parse(glue.UTF8ToString(glue.getValue(result, 'i32'))))
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      return { message: 'stack depth limit exceeded: the statement is nested too deeply', position: 1 }
    } finally {
      glue._free(text)
      if (result !== 0) glue._wasm_free_parse_result(result)
    }
  }
}

function statementsOf(tree: unknown): readonly ParsedStatement[] {
  if (!isNode(tree) || !Array.isArray(tree.stmts)) return []
  return tree.stmts.flatMap((item: unknown) => {
    const statement = isNode(item) ? item.stmt : undefined
    const [entry] = isNode(statement) ? Object.entries(statement) : []
    return entry && isNode(entry[1]) ? [{ type: entry[0], node: entry[1] }] : []
  })
}

function isNode(value: unknown): value is SqlNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
