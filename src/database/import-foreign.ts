import { dbmlSchema } from '../core/import/dbml-schema.ts'
import { type ForeignSchema, foreignSql } from '../core/import/foreign-schema.ts'
import { parsePrisma } from '../core/import/prisma-parser.ts'
import { prismaSchema } from '../core/import/prisma-schema.ts'
import type { ImportSource } from '../core/import/source-format.ts'
import type { ParseSql } from '../core/sql/split.ts'
import type { ImportedObject, ImportResult } from './api.ts'
import type { OpenEngine } from './engine.ts'
import { refusedImport } from './import-catalog.ts'
import { type ImportOptions, importSql } from './import-sql.ts'

/** Why a text in another language could not be read, and where. */
interface Unreadable {
  readonly message: string
  /** From 1. */
  readonly line: number
  readonly column: number
}

/** A source in a language other than SQL goes through its parser, then to PostgreSQL, which decides. */
export async function importForeign(
  source: ImportSource,
  language: ForeignLanguage,
  open: OpenEngine,
  parse: ParseSql,
  options: ImportOptions = {},
): Promise<ImportResult> {
  const read = await readForeign(source.text, language)
  return 'message' in read ? unreadable(source, language, read) : runForeign(read, open, parse, options)
}

type ForeignLanguage = 'dbml' | 'prisma'

/** What a text in another language says, or why it cannot be read and where. */
export async function readForeign(
  text: string,
  language: ForeignLanguage,
): Promise<ForeignSchema | Unreadable> {
  if (language === 'dbml') return readDbml(text)
  const file = parsePrisma(text)
  return 'message' in file ? file : prismaSchema(file)
}

async function readDbml(text: string): Promise<ForeignSchema | Unreadable> {
  const { Compiler, DEFAULT_ENTRY, MemoryProjectLayout } = await import('@dbml/parse')
  const layout = new MemoryProjectLayout()
  layout.setSource(DEFAULT_ENTRY, text)
  try {
    const report = new Compiler(layout).interpretFile(DEFAULT_ENTRY)
    const [error] = report.getErrors()
    if (error) return { message: error.diagnostic, ...placeOf(text, error.start) }
    const database = report.getValue()
    return database ? dbmlSchema(database) : { message: 'It says nothing', line: 1, column: 1 }
  } catch (error) {
    // The parser recurses: nesting without end exhausts its stack.
    if (!(error instanceof RangeError)) throw error
    return { message: 'It is nested too deeply', line: 1, column: 1 }
  }
}

const languages: Readonly<Record<ForeignLanguage, string>> = { dbml: 'DBML', prisma: 'Prisma schema' }

function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

function unreadable({ name }: ImportSource, language: ForeignLanguage, why: Unreadable): ImportResult {
  const message = `Line ${why.line}, column ${why.column}: ${why.message}`
  return refusedImport(
    name || languages[language],
    { code: 'unreadable', severity: 'error', source: 'Import', message },
    why.line,
  )
}

/** PostgreSQL makes the schema; what the source says beyond it is skipped with its reason, by lines of the source. */
async function runForeign(
  schema: ForeignSchema,
  open: OpenEngine,
  parse: ParseSql,
  options: ImportOptions,
): Promise<ImportResult> {
  const { sql, lines } = foreignSql(schema)
  const { document, report } = await importSql(sql, open, parse, options)
  const objects = report.objects.map((object): ImportedObject => {
    const line = object.line === undefined ? undefined : lines[object.line - 1]
    return line === undefined ? object : { ...object, line }
  })
  const lost = schema.losses.map((loss): ImportedObject => ({ ...loss, outcome: 'skipped' }))
  return { document, report: { ...report, objects: [...objects, ...lost] } }
}
