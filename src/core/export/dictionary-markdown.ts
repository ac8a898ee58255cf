import { distinctWords } from './described-tables.ts'
import { type Dictionary, type DictionaryGroup, type DictionaryTable, describeSchema } from './dictionary.ts'
import type { Exported, ExportSource } from './exported.ts'
import { escapeMarkdown, markdownCode } from './markup.ts'

/** A data dictionary in Markdown. It says everything: what has no words of its own stands there as SQL. */
export function writeMarkdown(source: ExportSource): Exported {
  return { text: text(describeSchema(source)), losses: [] }
}

function text({ title, tables, others }: Dictionary): string {
  const anchors = distinctWords(
    tables.map(({ path }) => path),
    anchorOf,
  )
  const contents = tables.map(({ path }, index) => `- [${escapeMarkdown(path)}](#${anchors[index]})`)
  return [
    `# ${escapeMarkdown(title)}`,
    ...(contents.length === 0 ? [] : ['## Tables', contents.join('\n')]),
    ...tables.flatMap((table, index) => tableText(table, anchors[index] ?? '')),
    ...others.flatMap((group) => [`## ${group.title}`, ...entries(group, '###')]),
  ]
    .join('\n\n')
    .concat('\n')
}

function tableText(
  { path, comment, columns, parts, sql }: DictionaryTable,
  anchor: string,
): readonly string[] {
  const rows = columns.map(({ name, type, isRequired, keys, value, comment: about }) =>
    [
      escapeMarkdown(name),
      markdownCode(type),
      isRequired ? '' : 'null',
      keys.map(escapeMarkdown).join(', '),
      value === null ? '' : markdownCode(value),
      about === null ? '' : escapeMarkdown(about),
    ].join(' | '),
  )
  const head = ['| Column | Type | Null | Key | Default | Comment |', '| --- | --- | --- | --- | --- | --- |']
  return [
    `<a id="${anchor}"></a>\n\n## ${escapeMarkdown(path)}`,
    ...(comment === null ? [] : [escapeMarkdown(comment)]),
    [...head, ...rows.map((row) => `| ${row} |`)].join('\n'),
    ...parts.flatMap((group) => [`**${group.title}**`, ...entries(group, '')]),
    '<details><summary>SQL</summary>',
    fenced(sql),
    '</details>',
  ]
}

function entries({ entries: list }: DictionaryGroup, heading: string): readonly string[] {
  return list.flatMap(({ name, comment, sql }) => [
    ...(heading === '' ? [] : [`${heading} ${escapeMarkdown(name)}`]),
    ...(comment === null ? [] : [escapeMarkdown(comment)]),
    fenced(sql),
  ])
}

function fenced(sql: string): string {
  const longest = Math.max(2, ...[...sql.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}sql\n${sql}\n${fence}`
}

function anchorOf(path: string): string {
  return path.toLowerCase().replaceAll(/[^\p{L}\p{N}_-]+/gu, '-')
}
