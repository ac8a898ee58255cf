/** Words whose plural no rule gives. */
const irregular: Readonly<Record<string, string>> = {
  person: 'people',
  child: 'children',
  man: 'men',
  woman: 'women',
  mouse: 'mice',
  foot: 'feet',
  tooth: 'teeth',
  goose: 'geese',
  datum: 'data',
  medium: 'media',
  criterion: 'criteria',
  matrix: 'matrices',
  index: 'indexes',
  leaf: 'leaves',
  life: 'lives',
}
const singulars = new Map(Object.entries(irregular).map(([one, many]) => [many, one]))
const uncountable = new Set(['news', 'series', 'species', 'equipment', 'information', 'metadata', 'settings'])

/** "accounts" → "account", "categories" → "category"; a word that is no plural stays as it is. */
export function singular(word: string): string {
  return inLastPart(word, (part) => {
    const known = singulars.get(part)
    if (known !== undefined) return known
    if (uncountable.has(part) || /(ss|us|is)$/.test(part)) return part
    if (/[^aeiou]ies$/.test(part)) return `${part.slice(0, -3)}y`
    if (/(x|z|ch|sh|ss)es$/.test(part) || /(status|alias|bus)es$/.test(part)) return part.slice(0, -2)
    return /s$/.test(part) ? part.slice(0, -1) : part
  })
}

/** "account" → "accounts"; a plural stays as it is. */
export function plural(word: string): string {
  return inLastPart(word, (part) => {
    if (uncountable.has(part) || singulars.has(part)) return part
    const known = irregular[part]
    if (known !== undefined) return known
    if (singular(part) !== part) return part
    if (/[^aeiou]y$/.test(part)) return `${part.slice(0, -1)}ies`
    return /(s|x|z|ch|sh)$/.test(part) ? `${part}es` : `${part}s`
  })
}

/** Applies to the last word of `auditLogs` or `audit_logs`, keeping its capital. */
function inLastPart(word: string, change: (part: string) => string): string {
  const [, before = '', last = ''] = /^(.*?)([A-Z]?[a-z]*)$/s.exec(word) ?? []
  if (last === '') return word
  const changed = change(last.toLowerCase())
  return before + (/^[A-Z]/.test(last) ? capital(changed) : changed)
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
}

/** `audit_logs` → `AuditLogs`; empty when nothing of the name can be in an identifier. */
export function pascalCase(name: string): string {
  const joined = wordsOf(name)
    .map((word) => capital(word.toLowerCase()))
    .join('')
  return /^\d/.test(joined) ? `T${joined}` : joined
}

/** `first_name` → `firstName`; the name itself when nothing of it can be in an identifier. */
export function camelCase(name: string): string {
  const pascal = wordsOf(name)
    .map((word) => capital(word.toLowerCase()))
    .join('')
  const camel = pascal.charAt(0).toLowerCase() + pascal.slice(1)
  return camel === '' || /^\d/.test(camel) ? name : camel
}

/** The column that Sequelize 6 makes of an attribute's name with `underscored` (inflection's underscore). */
export function underscored(attribute: string): string {
  return attribute
    .replace(/([A-Z])/g, '_$1')
    .replace(/^_/, '')
    .toLowerCase()
}
