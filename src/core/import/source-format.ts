/** A text that a schema is read from, with the name of the file it came from; empty where it was pasted. */
export interface ImportSource {
  readonly name: string
  readonly text: string
}

export type SourceFormat = 'sql' | 'catalogue' | 'dbml' | 'prisma' | 'archive'

/** What a source is: by the end of its name, otherwise by how it begins. */
export function sourceFormatOf({ name, text }: ImportSource): SourceFormat {
  if (/\.dbml$/i.test(name)) return 'dbml'
  if (/\.prisma$/i.test(name)) return 'prisma'
  const start = text.slice(0, 20_000)
  if (isArchive(start)) return 'archive'
  if (isCatalogFile(text)) return 'catalogue'
  if (/\.sql$/i.test(name) || /^[^\S\n]*(CREATE|ALTER|COMMENT|SET|SELECT)\s/im.test(start)) return 'sql'
  if (/^[^\S\n]*(datasource|generator|model)\s+\w+\s*\{/m.test(start)) return 'prisma'
  if (/^[^\S\n]*((Table|Project|Enum|TableGroup|TablePartial)\s[^;(\n]*\{|Ref\b[^;\n]*:)/im.test(start))
    return 'dbml'
  return 'sql'
}

/** Whether a text begins like what the query for a database in use answers, in a frame of psql or as CSV too. */
export function isCatalogFile(text: string): boolean {
  const start = text.search(/\{(""?)relata\1 : \1/)
  return start !== -1 && /^[^{};']*$/.test(text.slice(0, start))
}

/** pg_dump's custom form, its tar form, or a gzip file, read as text. */
function isArchive(start: string): boolean {
  return start.startsWith('PGDMP') || start.startsWith('toc.dat\0') || start.startsWith('\x1f\ufffd')
}

/** What to do with an archive, as a sentence with the command. */
export function archiveAdvice({ name, text }: ImportSource): string {
  const file = name === '' ? 'dump' : `'${name.replaceAll("'", "'\\''")}'`
  return text.startsWith('\x1f')
    ? `A compressed file is not read here. Unpack it first: gunzip --keep ${file}`
    : `An archive of pg_dump is not SQL. Write it as SQL first: pg_restore --schema-only --file=schema.sql ${file}`
}
