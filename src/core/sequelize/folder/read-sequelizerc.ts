import { type FolderFiles, isForeign, joinPath, nameOf } from './folder-files.ts'

/** The settings of `.sequelizerc` that name a place, as sequelize-cli spells them. */
export const settingNames = ['config', 'migrations-path', 'models-path', 'seeders-path'] as const

export type RcSetting = (typeof settingNames)[number]

/** What `.sequelizerc` says of places, relative to its own folder. */
export interface Sequelizerc {
  readonly places: Readonly<Partial<Record<RcSetting, string>>>
  /** Settings whose value is not plain enough to be read without running the file, or leads out of the folder. */
  readonly unread: readonly RcSetting[]
}

/** What running a `.sequelizerc` gave, or why it could not be run. */
export type SequelizercRun = Sequelizerc | { readonly failure: string }

/** By the path of the file. */
export type SequelizercRuns = ReadonlyMap<string, SequelizercRun>

/** Every `.sequelizerc` of a folder that is the project's own. */
export function sequelizercsOf(files: FolderFiles): readonly string[] {
  return [...files.keys()].filter((path) => nameOf(path) === '.sequelizerc' && !isForeign(path))
}

/** Spellings of a setting: sequelize-cli takes camel case, too. */
export function spellingsOf(name: RcSetting): readonly string[] {
  return [...new Set([name, name.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase())])]
}

/**
 * Reads `.sequelizerc` without running it: texts, templates, sums, `path.resolve`, `path.join`, `__dirname`,
 * `process.cwd()` and constants made of these.
 */
export function readSequelizerc(source: string): Sequelizerc {
  const tokens = tokensOf(source)
  const places: Partial<Record<RcSetting, string>> = {}
  const unread: RcSetting[] = []
  for (const name of settingNames) {
    const at = settingAt(tokens, name)
    if (at === null) continue
    const value = new Reading(tokens, at).value()
    const place = value === null ? null : joinPath(value)
    if (place === null) unread.push(name)
    else places[name] = place
  }
  return { places, unread }
}

/** What never closes is one token up to the end: else each of its signs would look for an end again. */
const tokenPattern =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|(['"`])(?:(?!\1)[^\\]|\\(?:[\s\S]|$))*(?:\1|$)|[\w$]+(?:\s*\.\s*[\w$]+)*|[^\s]/g

function tokensOf(source: string): readonly string[] {
  return [...source.matchAll(tokenPattern)].map(([token]) => token).filter((token) => !/^\/[/*]/.test(token))
}

/** Where the value of a setting begins. */
function settingAt(tokens: readonly string[], name: RcSetting): number | null {
  const spellings = new Set(spellingsOf(name).flatMap((word) => [word, `'${word}'`, `"${word}"`]))
  const at = tokens.findIndex((token, index) => spellings.has(token) && tokens[index + 1] === ':')
  return at === -1 ? null : at + 2
}

/** Deeper nesting is not of a person, and constants may go in circles. */
const deepest = 20

/** Evaluates one expression from a token on. Every place is relative to the folder of the file. */
class Reading {
  readonly #tokens: readonly string[]
  /** Calls and constants around this one. */
  #depth: number
  #at: number

  constructor(tokens: readonly string[], at: number, depth = 0) {
    this.#tokens = tokens
    this.#at = at
    this.#depth = depth
  }

  /** The text that the expression stands for; null where it is not plain. */
  value(): string | null {
    let sum = this.#term()
    while (sum !== null && this.#tokens[this.#at] === '+') {
      this.#at += 1
      const next = this.#term()
      sum = next === null ? null : sum + next
    }
    const next = this.#tokens[this.#at]
    return next === undefined || /^[,;})\]]$/.test(next) || isNextStatement(next) ? sum : null
  }

  #term(): string | null {
    const token = this.#tokens[this.#at]?.replace(/\s+/g, '') ?? ''
    this.#at += 1
    const quoted = /^(['"`])/.test(token)
    if (quoted) return this.#text(this.#tokens[this.#at - 1] ?? '')
    if (token === '__dirname') return ''
    if (this.#tokens[this.#at] === '(') return this.#call(token)
    return /^[\w$]+$/.test(token) ? this.#constant(token) : null
  }

  #text(token: string): string | null {
    const inner = token.slice(1, -1).replace(/\$\{\s*(__dirname|process\.cwd\(\))\s*\}/g, '')
    return inner.includes('${') ? null : inner.replace(/\\(.)/g, '$1')
  }

  #call(name: string): string | null {
    if (this.#depth > deepest) return null
    this.#depth += 1
    this.#at += 1
    const parts: (string | null)[] = []
    while (this.#tokens[this.#at] !== ')' && this.#at < this.#tokens.length) {
      parts.push(this.value())
      if (this.#tokens[this.#at] === ',') this.#at += 1
      else if (this.#tokens[this.#at] !== ')') return null
    }
    this.#at += 1
    this.#depth -= 1
    if (name === 'process.cwd') return ''
    const isPath = /(^|\.)(resolve|join|normalize)$/.test(name)
    const texts = parts.filter((part) => part !== null)
    return isPath && texts.length === parts.length ? texts.join('/') : null
  }

  #constant(name: string): string | null {
    const at = this.#tokens.findIndex(
      (token, index) => token === name && this.#tokens[index + 1] === '=' && index !== this.#at - 1,
    )
    if (at === -1 || this.#depth > deepest) return null
    return new Reading(this.#tokens, at + 2, this.#depth + 1).value()
  }
}

function isNextStatement(token: string): boolean {
  return /^(const|let|var|module\.exports|export|exports)\b/.test(token)
}
