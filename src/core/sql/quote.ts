import { reservedWords } from './reserved-words.ts'

const plainIdentifier = /^[a-z_][a-z0-9_$]*$/

/** A name as PostgreSQL reads it back: bare where that is safe, otherwise in double quotes (docs 4.1.1). */
export function quoteName(name: string): string {
  if (plainIdentifier.test(name) && !reservedWords.has(name)) return name
  return `"${name.replaceAll('"', '""')}"`
}

/** A string constant. Backslashes need no escape: standard_conforming_strings is on (docs 4.1.2.1). */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** A dollar-quoted body with a tag that the text does not contain (docs 4.1.2.4). */
export function dollarQuote(text: string, tag = ''): string {
  let candidate = tag
  for (let round = 0; text.includes(`$${candidate}$`) || text.endsWith('$'.concat(candidate)); round += 1) {
    candidate = `body${round === 0 ? '' : round}`
  }
  return `$${candidate}$${text}$${candidate}$`
}
