/** The content of a project file, not yet checked. */
type Content = Readonly<Record<string, unknown>>

/** `upgrades[n]` turns content of format version n + 1 into version n + 2. Never edited once released. */
export const upgrades: readonly ((content: Content) => Content)[] = [
  (content) => ({
    ...content,
    migration: { mode: 'standard', target: 18, format: 'sequelize', simple: [], backfills: {} },
  }),
]
