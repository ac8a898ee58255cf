import type { Problem } from '../../model/problem.ts'
import { slug, stampText } from '../file-name.ts'
import { nameHabits, nameParts } from './name-habits.ts'
import type { FolderStyle } from './style.ts'

/** How the next files of a folder are named. */
export type NameStyle = Pick<FolderStyle, 'numbering' | 'shape' | 'separator' | 'words' | 'ending'>

export interface NextNamesRequest {
  /** What each file does in a few words, in the order in which they run. */
  readonly titles: readonly string[]
  readonly style: NameStyle
  /** Names of the files that are there. */
  readonly present: readonly string[]
  /** Names that no file may have although they are elsewhere: runs of other folders are noted in the same table. */
  readonly taken: readonly string[]
  /** When they are written. */
  readonly stamp: Date
}

export interface NextNames {
  readonly names: readonly string[]
  /** Where the style had to be left so that they run last, and why. */
  readonly problems: readonly Problem[]
}

/**
 * Names under which files run after all that are there: runners sort by code units, so `10-` comes before `9-`. A style
 * that cannot give such a name gives way to that of the newest file, then to a name with `z` before it, and says so.
 */
export function nextNames(request: NextNamesRequest): NextNames {
  const { style, present } = request
  const newest = present.toSorted().at(-1) ?? ''
  const asSet = namesIn(style, request)
  const early = asSet.findIndex((name, index) => name <= (asSet[index - 1] ?? newest))
  if (early < 0) return { names: asSet, problems: [] }
  const { numbering = style.numbering, shape = style.shape, separator = style.separator } = nameHabits(newest)
  const asNewest = namesIn({ ...style, numbering, shape, separator }, request)
  const fits = newest !== '' && runLast(asNewest, newest)
  const names = fits ? asNewest : pushedBack(asSet, newest)
  const problem: Problem = {
    code: 'runs-too-early',
    severity: fits ? 'info' : 'warning',
    source: 'Migration',
    message: `${asSet[early]} would run before ${asSet[early - 1] ?? newest}, so it is named ${names[early]}`,
    hint: 'Runners sort file names by code units.',
  }
  return { names, problems: [problem] }
}

/** Each after the one before it, where need be with `z` before it. */
function pushedBack(names: readonly string[], newest: string): readonly string[] {
  const result: string[] = []
  for (const name of names) result.push(pushedBehind(name, result.at(-1) ?? newest))
  return result
}

/** The name with as many `z` before it as it takes to come after another; behind letters beyond z, with that one's words. */
function pushedBehind(name: string, other: string): string {
  let result = name
  for (let tries = 0; tries <= other.length && result <= other; tries += 1) result = `z${result}`
  return result > other ? result : `${other.replace(/\.[^.]*$/, '')}z-${name}`
}

/** Each after the one before it. */
function runLast(names: readonly string[], newest: string): boolean {
  return names.every((name, index) => name > (names[index - 1] ?? newest))
}

function namesIn(style: NameStyle, { titles, present, taken, stamp }: NextNamesRequest): readonly string[] {
  const names: string[] = []
  const noted = new Set([...present, ...taken])
  let last = present
    .map((name) => nameParts(name).number)
    .filter((number) => isOfShape(number, style))
    .toSorted()
    .at(-1)
  for (const title of titles) {
    let name: string
    let tries = 0
    do {
      tries += 1
      const number = nextNumber(style, last ?? null, stamp)
      if (number !== '') last = number
      const words = number === '' && tries > 1 ? `${title} ${tries}` : title
      name = `${number === '' ? '' : number + style.separator}${inCase(words, style.words)}.${style.ending}`
    } while (noted.has(name))
    noted.add(name)
    names.push(name)
  }
  return names
}

function isOfShape(number: string, { shape }: NameStyle): boolean {
  return number !== '' && number.replace(/\d/g, '#') === shape
}

/** Empty for a style without numbers. */
function nextNumber({ numbering, shape }: NameStyle, last: string | null, stamp: Date): string {
  const width = shape.replace(/[^#]/g, '').length
  const digits = last?.replace(/\D/g, '') ?? null
  switch (numbering) {
    case 'none':
      return ''
    case 'number':
      return inShape(plusOne(digits ?? '0', width), shape)
    case 'epoch': {
      const now = String(stamp.getTime()).slice(0, width)
      return inShape(greatest(now, digits && plusOne(digits, width)), shape)
    }
    case 'stamp': {
      const now = stampText(stamp).slice(0, width)
      return inShape(greatest(now, digits && laterStamp(digits)), shape)
    }
  }
}

function greatest(now: string, after: string | null): string {
  return after !== null && after > now ? after : now
}

function plusOne(digits: string, width: number): string {
  return String(BigInt(digits) + 1n).padStart(width, '0')
}

/** Milliseconds of the last unit of a date with so many digits. */
const units: Readonly<Record<number, number>> = { 8: 86_400_000, 12: 60_000, 14: 1000 }

/** The next second, minute or day; of what is no date (people write day 00), the next number. */
function laterStamp(digits: string): string {
  const [, year, month, day, hour = '00', minute = '00', second = '00'] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)?(\d\d)?(\d\d)?$/.exec(digits) ?? []
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  const unit = units[digits.length]
  const isDate = !Number.isNaN(time) && stampText(new Date(time)).startsWith(digits)
  if (!isDate || unit === undefined) return plusOne(digits, digits.length)
  return stampText(new Date(time + unit)).slice(0, digits.length)
}

/** The digits in the places of `#`; more of them than places stand together at the last. */
function inShape(digits: string, shape: string): string {
  const more = digits.length - shape.replace(/[^#]/g, '').length
  const last = shape.lastIndexOf('#')
  let at = 0
  return shape.replace(/#/g, (_, place: number) => {
    const start = at
    at += place === last ? 1 + Math.max(0, more) : 1
    return digits.slice(start, at)
  })
}

function inCase(title: string, words: FolderStyle['words']): string {
  const parts = slug(title).split('-')
  if (words === 'kebab') return parts.join('-')
  if (words === 'snake') return parts.join('_')
  const capital = (part: string) => part.charAt(0).toUpperCase() + part.slice(1)
  return parts.map((part, index) => (words === 'camel' && index === 0 ? part : capital(part))).join('')
}
