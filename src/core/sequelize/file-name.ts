/** `20260115120000`: how sequelize-cli dates a migration, in UTC and to the second. */
export function stampText(at: Date): string {
  return at.toISOString().replace(/\D/g, '').slice(0, 14)
}

/** `20260115120000-add-custom-fields-to-contacts.js`. Files run in the order of their names. */
export function migrationFileName(at: Date, title: string, ending = 'js'): string {
  return `${stampText(at)}-${slug(title)}.${ending}`
}

const longestSlug = 70

/** Lower case letters and digits, joined by hyphens; "schema-change" when nothing of the title is left. */
export function slug(title: string): string {
  const words = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
  let result = ''
  for (const word of words) {
    const longer = result === '' ? word : `${result}-${word}`
    if (longer.length > longestSlug) break
    result = longer
  }
  return result || words[0]?.slice(0, longestSlug) || 'schema-change'
}
