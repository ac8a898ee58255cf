import { type CodeStyle, usualCode } from '../code-style.ts'
import { textHabits } from '../folder/file-habits.ts'
import { nameOf } from '../folder/folder-files.ts'
import { plural, underscored } from '../models/inflect.ts'
import type { ModelFrame, ModelStyle } from '../models/render-models.ts'
import { staticMaker } from './static-maker.ts'

/** How a folder's models are named and written, so that a new one looks like its neighbours. */
export interface ModelFolderStyle extends ModelFrame, ModelFileName {
  readonly flavour: ModelStyle
  /**
   * `factory`: a function makes it on a connection; `connection`: it takes one that another file has; `self`: a static
   * function of its class makes it on a connection.
   */
  readonly shape: 'factory' | 'connection' | 'self'
  readonly code: CodeStyle
  /** Whether TypeScript imports its neighbours with `.js`. */
  readonly withEndings: boolean
  /** Those of that shape, by one of which a new one is written where it needs more than these settings say. */
  readonly neighbours: readonly ModelText[]
}

interface ModelFileName {
  readonly words: 'kebab' | 'snake' | 'camel' | 'pascal'
  readonly isPlural: boolean
  /** Behind the words: `.model`; usually nothing. */
  readonly suffix: string
  /** `js` */
  readonly ending: string
}

/** A model and the file that defines it. */
export interface ModelText {
  readonly name: string
  readonly path: string
  readonly text: string
}

/** As Relata writes models where there are none. */
const usual: ModelFolderStyle = {
  flavour: 'class',
  shape: 'factory',
  modules: 'commonjs',
  strict: true,
  typeComment: true,
  code: { ...usualCode, library: 'DataTypes' },
  withEndings: true,
  words: 'kebab',
  isPlural: false,
  suffix: '',
  ending: 'js',
  neighbours: [],
}

/** For each setting what most models do. Without any, as Relata writes them, in the given code style. */
export function modelStyle(models: readonly ModelText[], code: CodeStyle = usual.code): ModelFolderStyle {
  const habits = models.map(({ text }) => textHabits(text))
  const names = models.map(fileNameHabits)
  const isTyped = (path: string) => /\.[cm]?ts$/.test(path)
  const flavours = models.map(({ path, text }): ModelStyle => {
    if (isTyped(path)) return 'typescript'
    return /\.define\s*\(\s*['"`]/.test(text) ? 'define' : 'class'
  })
  const shape = most(models.map(shapeOf), usual.shape)
  return {
    flavour: most(flavours, usual.flavour),
    shape,
    modules: most(
      habits.map(({ modules }) => modules),
      usual.modules,
    ),
    strict: most(
      habits.map(({ strict }) => strict),
      usual.strict,
    ),
    typeComment: most(
      models.map(({ text }) => /@type \{\(sequelize/.test(text)),
      usual.typeComment,
    ),
    code: {
      library: 'DataTypes',
      indent: most(
        habits.map(({ indent }) => indent),
        code.indent,
      ),
      quotes: most(
        habits.map(({ quotes }) => quotes),
        code.quotes,
      ),
      semicolons: most(
        habits.map(({ semicolons }) => semicolons),
        code.semicolons,
      ),
    },
    withEndings: most(
      models.map(({ text }) =>
        /from ['"]\.[^'"]*['"]/.test(text) ? /from ['"]\.[^'"]*\.js['"]/.test(text) : undefined,
      ),
      usual.withEndings,
    ),
    words: most(
      names.map(({ words }) => words),
      usual.words,
    ),
    isPlural: most(
      names.map(({ isPlural }) => isPlural),
      usual.isPlural,
    ),
    suffix: most(
      names.map(({ suffix }) => suffix),
      usual.suffix,
    ),
    ending: most(
      models.map(({ path }) => /\.(\w+)$/.exec(path)?.[1]),
      usual.ending,
    ),
    neighbours: models.filter((model) => shapeOf(model) === shape).toReversed(),
  }
}

function shapeOf({ path, text }: ModelText): ModelFolderStyle['shape'] {
  if (!/\.[cm]?ts$/.test(path) && staticMaker.test(text)) return 'self'
  return takesConnection.test(text) ? 'factory' : 'connection'
}

/** A function, or a static one of a class, whose first parameter is a connection. */
const takesConnection =
  /\(\s*_?(?:sequelize|connection|conn|db|database)\b[^)]*\)\s*(?::[^={]+)?(?:=>|\{)|=\s*(?:sequelize|connection)\s*=>/

/** Of as many the one that was found last. */
function most<T>(found: readonly (T | undefined)[], otherwise: T): T {
  const counts = new Map<T, number>()
  for (const one of found.toReversed()) if (one !== undefined) counts.set(one, (counts.get(one) ?? 0) + 1)
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? otherwise
}

/** What the name of a file shows beside that of its model; of one word, little. */
function fileNameHabits({ name, path }: ModelText): Partial<ModelFileName> {
  const stem = nameOf(path).replace(/\.\w+$/, '')
  const suffix = /[._-]?models?$/i.exec(stem)?.[0] ?? ''
  const bare = /^models?$/i.test(stem) ? stem : stem.slice(0, stem.length - suffix.length)
  const forms = [false, true].flatMap((isPlural) =>
    cases.map((words) => ({ words, isPlural, text: inCase(isPlural ? plural(name) : name, words) })),
  )
  const alike = forms.filter(({ text }) => text === bare)
  const [first] = alike
  if (!first) return suffix === '' ? {} : { suffix }
  const hasOneCase = alike.every(({ words }) => words === first.words)
  return { suffix, isPlural: first.isPlural, ...(hasOneCase ? { words: first.words } : {}) }
}

const cases: readonly ModelFileName['words'][] = ['kebab', 'snake', 'camel', 'pascal']

/** `AuditLog` → `audit-log.js` */
export function modelFileName(model: string, { words, isPlural, suffix, ending }: ModelFileName): string {
  return `${inCase(isPlural ? plural(model) : model, words)}${suffix}.${ending}`
}

function inCase(name: string, words: ModelFileName['words']): string {
  if (words === 'pascal') return name
  if (words === 'camel') return name.charAt(0).toLowerCase() + name.slice(1)
  const snake = underscored(name)
  return words === 'snake' ? snake : snake.replaceAll('_', '-')
}
