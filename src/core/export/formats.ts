import type { Exported, ExportSource } from './exported.ts'

/** A form in which a schema can be written for other programs and people. */
export interface ExportFormat {
  readonly id: string
  /** "Mermaid diagram" */
  readonly label: string
  /** What it is good for, as a sentence. */
  readonly text: string
  /** The end of its file's name. */
  readonly extension: string
  readonly mediaType: string
  readonly write: (source: ExportSource) => Promise<Exported>
}

/** Each is loaded when it is first written. */
export const exportFormats: readonly ExportFormat[] = [
  {
    id: 'dbml',
    label: 'DBML',
    text: 'Tables, keys and notes for dbdiagram.io; it can be imported again.',
    extension: 'dbml',
    mediaType: 'text/plain',
    write: async (source) => (await import('./dbml.ts')).writeDbml(source),
  },
  {
    id: 'mermaid',
    label: 'Mermaid diagram',
    text: 'An erDiagram, as GitHub and GitLab draw it in Markdown.',
    extension: 'mmd',
    mediaType: 'text/plain',
    write: async (source) => (await import('./mermaid.ts')).writeMermaid(source),
  },
  {
    id: 'plantuml',
    label: 'PlantUML diagram',
    text: 'An entity diagram.',
    extension: 'puml',
    mediaType: 'text/plain',
    write: async (source) => (await import('./plantuml.ts')).writePlantuml(source),
  },
  {
    id: 'svg',
    label: 'SVG picture',
    text: 'The diagram as it is laid out, every column shown.',
    extension: 'svg',
    mediaType: 'image/svg+xml',
    write: async (source) => (await import('./picture.ts')).writePicture(source),
  },
  {
    id: 'markdown',
    label: 'Data dictionary in Markdown',
    text: 'Every table with its columns, keys, indexes and comments.',
    extension: 'md',
    mediaType: 'text/markdown',
    write: async (source) => (await import('./dictionary-markdown.ts')).writeMarkdown(source),
  },
  {
    id: 'html',
    label: 'Data dictionary in HTML',
    text: 'The same as one page, with the diagram.',
    extension: 'html',
    mediaType: 'text/html',
    write: async (source) => (await import('./dictionary-html.ts')).writeHtml(source),
  },
  {
    id: 'json-schema',
    label: 'JSON Schema of rows',
    text: 'The rows of each table as to_jsonb gives them.',
    extension: 'schema.json',
    mediaType: 'application/schema+json',
    write: async (source) => (await import('./json-schema.ts')).writeJsonSchema(source),
  },
  {
    id: 'typescript',
    label: 'TypeScript types of rows',
    text: 'The rows of each table as node-postgres gives them, and rows to be inserted.',
    extension: 'ts',
    mediaType: 'text/plain',
    write: async (source) => (await import('./row-typescript.ts')).writeRowTypes(source),
  },
  {
    id: 'inserts',
    label: 'Rows as SQL INSERT',
    text: 'The rows that are in the tables now: generated ones, and those of your queries.',
    extension: 'sql',
    mediaType: 'application/sql',
    write: async (source) => (await import('./inserts.ts')).writeInserts(source),
  },
]

export function exportFormat(id: string): ExportFormat | undefined {
  return exportFormats.find((format) => format.id === id)
}
