/** The major versions of PostgreSQL that a migration may have to run on, oldest first. */
export const targetVersions = [13, 14, 15, 16, 17, 18] as const
export type TargetVersion = (typeof targetVersions)[number]

/** The version that the page's own PostgreSQL has. */
export const newestVersion: TargetVersion = 18
