import { diagramSvg } from './diagram-svg.ts'
import { type Dictionary, type DictionaryGroup, type DictionaryTable, describeSchema } from './dictionary.ts'
import type { Exported, ExportSource } from './exported.ts'
import { escapeMarkup } from './markup.ts'

/** A data dictionary as one HTML file with the diagram in it, without a script or anything from elsewhere. */
export function writeHtml(source: ExportSource): Exported {
  return { text: page(describeSchema(source), diagramSvg(source.document)), losses: [] }
}

const style = `
:root { color-scheme: light dark; --line: #d4d9df; --soft: #6b7480; --back: #f5f6f8 }
@media (prefers-color-scheme: dark) { :root { --line: #3a424c; --soft: #9aa4b0; --back: #20252b } }
body { font: 14px/1.5 "IBM Plex Sans", system-ui, sans-serif; margin: 0 auto; max-width: 1100px; padding: 24px }
h2 { border-top: 1px solid var(--line); margin-top: 40px; padding-top: 16px }
table { border-collapse: collapse; width: 100% }
th, td { border-bottom: 1px solid var(--line); padding: 4px 8px; text-align: left; vertical-align: top }
th, .soft { color: var(--soft); font-weight: 400 }
code, pre { font: 12px/1.5 "JetBrains Mono", monospace }
pre { background: var(--back); overflow: auto; padding: 8px 12px; white-space: pre-wrap }
figure { background: #fff; border: 1px solid var(--line); margin: 24px 0; overflow: auto }
@media (prefers-color-scheme: dark) { figure { filter: invert(.92) hue-rotate(180deg) } }
nav { columns: 3 200px }
nav a { display: block }
`

function page({ title, tables, others }: Dictionary, diagram: string): string {
  const links = tables.map(({ path }, index) => `<a href="#t${index}">${escapeMarkup(path)}</a>`)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeMarkup(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escapeMarkup(title)}</h1>
<nav aria-label="Tables">${links.join('')}</nav>
${diagram === '' ? '' : `<figure aria-label="Diagram">${diagram}</figure>`}
${tables.map(tableSection).join('\n')}
${others.map((group) => `<h2>${group.title}</h2>\n${entries(group, true)}`).join('\n')}
</body>
</html>
`
}

function tableSection({ path, comment, columns, parts, sql }: DictionaryTable, index: number): string {
  const rows = columns.map(
    ({ name, type, isRequired, keys, value, comment: about }) =>
      `<tr><td>${escapeMarkup(name)}</td><td><code>${escapeMarkup(type)}</code></td><td>${isRequired ? '' : 'null'}</td>` +
      `<td>${keys.map(escapeMarkup).join(', ')}</td><td>${value === null ? '' : `<code>${escapeMarkup(value)}</code>`}</td>` +
      `<td>${escapeMarkup(about ?? '')}</td></tr>`,
  )
  const head = ['Column', 'Type', 'Null', 'Key', 'Default', 'Comment'].map((cell) => `<th>${cell}</th>`)
  return `<section>
<h2 id="t${index}">${escapeMarkup(path)}</h2>
${comment === null ? '' : `<p>${escapeMarkup(comment)}</p>`}
<table><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>
${parts.map((group) => `<h3>${group.title}</h3>\n${entries(group, false)}`).join('\n')}
<details><summary>SQL</summary><pre>${escapeMarkup(sql)}</pre></details>
</section>`
}

function entries({ entries: list }: DictionaryGroup, named: boolean): string {
  return list
    .map(
      ({ name, comment, sql }) =>
        (named ? `<h3>${escapeMarkup(name)}</h3>` : '') +
        (comment === null ? '' : `<p>${escapeMarkup(comment)}</p>`) +
        `<pre>${escapeMarkup(sql)}</pre>`,
    )
    .join('\n')
}
