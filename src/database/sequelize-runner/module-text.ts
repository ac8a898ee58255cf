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

/** The name under which a file's own address is passed in: `import.meta` is no expression of a function. */
export const importMeta = '__importMeta'

/**
 * Removes types and turns `import` and `export` into `require` and `exports`, without moving any line. Throws a
 * SyntaxError that names the line where the file cannot be read.
 */
export function moduleText(source: string, path: string): ModuleText {
  const text = source.replace(/^\uFEFF/, '').replace(/^#!.*/, '')
  const isTypescript = typescript.test(path)
  if (!isTypescript && !alwaysModule.test(path) && !moduleSyntax.test(text)) return plainText(text, path)
  const own = text.replace(/\bimport\s*\.\s*meta\b/g, importMeta)
  const { code } = transformed(own, path, isTypescript)
  return { code, isAsync: awaitsAtTop(code) }
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
