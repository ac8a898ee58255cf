import { transform } from 'sucrase'

/** What a file must become before a function can be made of its text. */
export interface ModuleText {
  readonly code: string
  /** It awaits outside of any function. */
  readonly isAsync: boolean
}

const typescript = /\.[cm]?tsx?$/
const alwaysModule = /\.m[jt]s$/
const moduleSyntax = /^[ \t]*(import\b(?!\s*\()|export\b)|\bimport\s*\(|\bimport\s*\.\s*meta\b/m

/** Thrown for what TypeScript's own compiler would run, and is not done here: leaving it out would change the file. */
export class UnsupportedSyntax extends Error {
  override readonly name = 'UnsupportedSyntax'
  /** 1-based. */
  readonly line: number

  constructor(message: string, line: number) {
    super(message)
    this.line = line
  }
}

/** What a module makes itself of `createRequire` is what it is given here, before its own line has run. */
const ownRequire = /^([ \t]*)(?:const|let|var)\s+require\s*=\s*(?=(?:\w+\.)?createRequire\b)/gm

/** A namespace that is not only declared. */
const namespace = /^[ \t]*(?:export\s+)?(?:namespace|module)\s+[\w$.]+\s*\{/gm

const makesValues = /\b(const|let|var|function|class|enum)\s+[\w$]/

/** The name under which a file's own address is passed in: `import.meta` is no expression of a function. */
export const importMeta = '__importMeta'

/**
 * Removes types and turns `import` and `export` into `require` and `exports`, without moving any line. Throws a
 * SyntaxError that names the line where the file cannot be read, and UnsupportedSyntax.
 */
export function moduleText(source: string, path: string): ModuleText {
  const text = source.replace(/^\uFEFF/, '').replace(/^#!.*/, '')
  const isTypescript = typescript.test(path)
  if (!isTypescript && !alwaysModule.test(path) && !moduleSyntax.test(text)) return plainText(text, path)
  if (isTypescript) refuseNamespaces(text)
  const own = text.replace(/\bimport\s*\.\s*meta\b/g, importMeta).replace(ownRequire, '$1')
  const { code } = transformed(own, path, isTypescript)
  return { code, isAsync: awaitsAtTop(code) }
}

/** A namespace of types alone can be left out, as all types are. */
function refuseNamespaces(text: string): void {
  for (const { index, 0: head } of text.matchAll(namespace)) {
    const end = text.indexOf('\n}', index)
    const body = text.slice(index + head.length, end === -1 ? undefined : end)
    if (!makesValues.test(body)) continue
    const message = 'Namespaces of TypeScript that hold values are not run here'
    throw new UnsupportedSyntax(message, text.slice(0, index + head.length).split('\n').length)
  }
}

/** CommonJS as it stands. A text that no function can be made of is read again for the place of the mistake. */
function plainText(text: string, path: string): ModuleText {
  if (!compiles(text)) transformed(text, path, false)
  return { code: text, isAsync: false }
}

function transformed(text: string, path: string, isTypescript: boolean): { readonly code: string } {
  try {
    return transform(text, {
      transforms: isTypescript ? ['typescript', 'imports'] : ['imports'],
      filePath: path,
      disableESTransforms: true,
    })
  } catch (error) {
    throw new SyntaxError(
      error instanceof Error ? error.message.replace(`Error transforming ${path}: `, '') : String(error),
    )
  }
}

function awaitsAtTop(code: string): boolean {
  return /\bawait\b/.test(code) && !compiles(code)
}

function compiles(code: string): boolean {
  try {
    new Function(code)
    return true
  } catch {
    return false
  }
}
