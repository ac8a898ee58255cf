/** "Forge CRM" → `Forge CRM.sql`; without what file systems refuse. */
export function sqlFileName(project: string): string {
  const stem = project.replace(/[\\/:*?"<>|]+/g, '-').trim()
  return stem === '' ? 'schema.sql' : `${stem}.sql`
}
