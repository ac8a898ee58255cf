import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'

/** The source folder, absolute. */
export const sourceFolder = dirname(fileURLToPath(import.meta.url))

/** One source file as the rules of architecture.test.ts see it. */
export interface SourceFile {
  /** Relative to `src/`, with forward slashes: `core/diff/change.ts`. */
  readonly path: string
  readonly lines: number
  readonly isTest: boolean
  /** Every module it names: imports of values and types, re-exports, dynamic imports, `new URL(…, import.meta.url)`. */
  readonly imports: readonly string[]
  readonly exports: readonly string[]
  readonly reexportsAll: boolean
  /** String literals, those in types too, other than module names and the right side of `typeof x ===`. */
  readonly strings: readonly string[]
  /** Lines with `as` (other than `as const`) and no comment on or above them. */
  readonly unexplainedCasts: readonly number[]
  /** Calls and constructions by what stands before the parenthesis, `()` after it without arguments: `new Date()`. */
  readonly calls: readonly string[]
}

/** Where a relative import leads, relative to `src/`; a package name otherwise (`node:fs`, `react`, `@xyflow/react`). */
export function targetOf(file: SourceFile, specifier: string): string {
  const plain = specifier.replace(/\?.*$/, '')
  if (!plain.startsWith('.')) {
    return plain
      .split('/')
      .slice(0, plain.startsWith('@') ? 2 : 1)
      .join('/')
  }
  return toPath(relative(sourceFolder, join(sourceFolder, dirname(file.path), plain)))
}

export function readSources(): readonly SourceFile[] {
  return readdirSync(sourceFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => toPath(relative(sourceFolder, join(entry.parentPath, entry.name))))
    .sort()
    .map((path) => readSource(path, readFileSync(join(sourceFolder, path), 'utf8')))
}

/** A file's facts from its syntax tree. Throws when it does not parse. */
export function readSource(path: string, text: string): SourceFile {
  const { program, module, comments, errors } = parseSync(path, text, { astType: 'ts' })
  const [error] = errors
  if (error) throw new Error(`${path}: ${error.message}`)
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length
  const commentLines = new Set<number>()
  for (const { start, end } of comments) {
    for (let line = lineAt(start); line <= lineAt(end); line += 1) commentLines.add(line)
  }

  const strings: string[] = []
  const casts: number[] = []
  const calls: string[] = []
  const urls: string[] = []
  visit(program, (node, parent) => {
    if (node.type === 'Literal' && typeof node.value === 'string' && !isNameOrTypeof(parent)) {
      strings.push(node.value)
    }
    if (node.type === 'TSAsExpression' && !isConst(node)) casts.push(lineAt(startOf(node)))
    if (node.type === 'NewExpression' || node.type === 'CallExpression') {
      const call = text.slice(startOf(node), endOf(node))
      const name = call.split('(', 1)[0] ?? ''
      calls.push(call === `${name}()` ? call : name)
      const url = /^new URL\(\s*(['"])(\.[^'"]+)\1\s*,\s*import\.meta\.url/.exec(call)
      if (url?.[2]) urls.push(url[2])
    }
  })

  return {
    path,
    lines: text.split('\n').length - 1,
    isTest: /\.(test|spec|test-kit)\.tsx?$/.test(path) || path.startsWith('architecture.'),
    imports: [
      ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
      ...module.staticExports.flatMap(({ entries }) =>
        entries.flatMap(({ moduleRequest }) => (moduleRequest ? [moduleRequest.value] : [])),
      ),
      ...module.dynamicImports.flatMap(({ moduleRequest }) => {
        const name = text.slice(moduleRequest.start, moduleRequest.end)
        return /^(['"]).*\1$/.test(name) ? [name.slice(1, -1)] : []
      }),
      ...urls,
    ],
    exports: module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ exportName }) =>
        exportName.kind === 'Default' ? ['default'] : exportName.name ? [exportName.name] : [],
      ),
    ),
    reexportsAll: module.staticExports.some(({ entries }) =>
      entries.some(({ importName }) => importName.kind === 'AllButDefault' || importName.kind === 'All'),
    ),
    strings,
    unexplainedCasts: casts.filter((line) => !commentLines.has(line) && !commentLines.has(line - 1)),
    calls,
  }
}

type Tree = Readonly<Record<string, unknown>> & { readonly type: string }

function visit(
  node: unknown,
  see: (node: Tree, parent: Tree | null) => void,
  parent: Tree | null = null,
): void {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, see, parent)
  } else if (isTree(node)) {
    see(node, parent)
    for (const value of Object.values(node)) visit(value, see, node)
  }
}

function isTree(node: unknown): node is Tree {
  return typeof node === 'object' && node !== null && 'type' in node && typeof node.type === 'string'
}

function isNameOrTypeof(parent: Tree | null): boolean {
  if (!parent) return false
  if (/^(Import|Export)/.test(parent.type)) return true
  return (
    parent.type === 'BinaryExpression' &&
    isTree(parent.left) &&
    parent.left.type === 'UnaryExpression' &&
    parent.left.operator === 'typeof'
  )
}

function isConst(node: Tree): boolean {
  const type = node.typeAnnotation
  return (
    isTree(type) && isTree(type.typeName) && type.type === 'TSTypeReference' && type.typeName.name === 'const'
  )
}

function startOf(node: Tree): number {
  return Number(node.start)
}

function endOf(node: Tree): number {
  return Number(node.end)
}

function toPath(path: string): string {
  return path.split(sep).join('/')
}
