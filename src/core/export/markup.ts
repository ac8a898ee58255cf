/** Text inside HTML or SVG, attributes in double quotes included. */
export function escapeMarkup(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** Text inside a line of Markdown, a table's cell included. */
export function escapeMarkdown(text: string): string {
  const line = text.trim().replaceAll(/\s*\n\s*/g, ' ')
  // What begins a list or underlines a heading does so at the beginning alone.
  return line.replaceAll(/[\\`*_{}[\]<>|#~&$]|^[-+=]|(?<=^\d+)[.)]/g, '\\$&')
}

/** Code inside a line of Markdown, a table's cell included. */
export function markdownCode(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const space = text.startsWith('`') || text.endsWith('`') ? ' ' : ''
  return `${fence}${space}${text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ')}${space}${fence}`
}
