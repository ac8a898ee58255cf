/** "Forge CRM", `dbml` → `Forge CRM.dbml`; without what file systems refuse. */
export function fileNameOf(project: string, extension: string): string {
  const stem = project.replace(/[\\/:*?"<>|]+/g, '-').trim()
  return stem === '' ? `schema.${extension}` : `${stem}.${extension}`
}
