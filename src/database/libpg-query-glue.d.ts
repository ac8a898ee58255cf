/** The WebAssembly glue of libpg-query, which its package leaves untyped. */
declare module 'libpg-query/wasm/libpg-query.js' {
  interface PgQueryModule {
    _malloc(bytes: number): number
    _free(pointer: number): void
    _wasm_parse_query_raw(sql: number): number
    _wasm_free_parse_result(result: number): void
    lengthBytesUTF8(text: string): number
    stringToUTF8(text: string, pointer: number, bytes: number): void
    UTF8ToString(pointer: number): string
    getValue(pointer: number, type: 'i32'): number
  }
  interface PgQueryOptions {
    locateFile?(path: string, directory: string): string
  }
  const load: (options?: PgQueryOptions) => Promise<PgQueryModule>
  // biome-ignore lint/style/noDefaultExport: the module is CommonJS.
  export default load
}
