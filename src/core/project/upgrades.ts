/** The content of a project file, not yet checked. */
type Content = Readonly<Record<string, unknown>>

/** `upgrades[n]` turns content of format version n + 1 into version n + 2. Never edited once released. */
export const upgrades: readonly ((content: Content) => Content)[] = [
  (content) => ({
    ...content,
    migration: { mode: 'standard', target: 18, format: 'sequelize', simple: [], backfills: {} },
  }),
  (content) => ({
    ...content,
    history: Array.isArray(content.history) ? withFilesTogether(content.history) : content.history,
    migration: isContent(content.migration)
      ? { ...content.migration, title: null, left: [] }
      : content.migration,
  }),
  (content) => ({ ...content, replayed: [] }),
  (content) => ({ ...content, models: [], modelProblems: [] }),
]

/** Files that were exported at the same moment are one migration, named as its first file is. */
function withFilesTogether(files: readonly unknown[]): readonly unknown[] {
  const migrations: { [key: string]: unknown; files: unknown[] }[] = []
  for (const file of files) {
    const { exportedAt, proven, locks, ...rest } = isContent(file) ? file : {}
    const last = migrations.at(-1)
    const measured = locks === undefined ? {} : { locks }
    if (last && last.exportedAt === exportedAt) {
      last.files.push(rest)
      Object.assign(last, measured)
      continue
    }
    const title = titleOf(String(rest.fileName ?? ''), String(rest.folder ?? ''))
    migrations.push({ title, exportedAt, proven, ...measured, files: [rest] })
  }
  return migrations
}

/** `20260115120000-add-title-to-posts-expand-1.js` → "add title to posts". */
function titleOf(fileName: string, folder: string): string {
  const dated = /^\d{14}-/.test(fileName) ? fileName : (folder.split('/').at(-1) ?? '')
  const words = (dated || fileName)
    .replace(/^\d{14}-/, '')
    .replace(/\.\w+$/, '')
    .replace(/-(expand|backfill|validate|contract)?(-?\d+)?$/, '')
  return words.replaceAll('-', ' ') || fileName
}

function isContent(value: unknown): value is Content {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
