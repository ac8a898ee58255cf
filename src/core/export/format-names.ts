/** The formats that a schema can be written in, in the order of menus: what they are called, by id. */
export const formatNames = {
  dbml: 'DBML',
  mermaid: 'Mermaid diagram',
  plantuml: 'PlantUML diagram',
  svg: 'SVG picture',
  markdown: 'Data dictionary in Markdown',
  html: 'Data dictionary in HTML',
  'json-schema': 'JSON Schema of rows',
  typescript: 'TypeScript types of rows',
  inserts: 'Rows as SQL INSERT',
} as const
