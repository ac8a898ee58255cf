import type { Indent } from '../code-style.ts'
import { type JsOutline, jsOutline } from './js-outline.ts'
import type { FolderStyle } from './style.ts'

/** What one file shows of a style; a setting is absent where it shows nothing of it. */
export type FileHabits = { readonly [S in keyof FolderStyle]?: FolderStyle[S] | undefined }

/** What the text of a migration shows. */
export function textHabits(text: string): FileHabits {
  const outline = jsOutline(text)
  const code = outline.lines.join('\n')
  const modules = modulesOf(code)
  return {
    indent: indentOf(outline.lines),
    quotes: quotesOf(outline),
    semicolons: semicolonsOf(outline.lines),
    modules,
    exports: exportsOf(code),
    strict: modules === 'esm' ? undefined : /^\s*['"]use strict['"]/.test(withoutComments(text)),
    typeComment: /@type \{import\(['"]sequelize-cli['"]\)\.Migration\}/.test(text),
    transactions: /\.transaction\s*\(/.test(code) ? 'always' : 'several',
    ...parameterHabits(code),
    ...columnHabits(code),
  }
}

function withoutComments(text: string): string {
  return text.replace(/^\uFEFF?(?:\s|\/\*[\s\S]*?\*\/|\/\/[^\n]*)*/, '')
}

function modulesOf(code: string): FolderStyle['modules'] | undefined {
  if (/^[ \t]*export\b/m.test(code)) return 'esm'
  return /\b(module\.)?exports\b\s*[.=[]/.test(code) ? 'commonjs' : undefined
}

function exportsOf(code: string): FolderStyle['exports'] | undefined {
  if (/\bmodule\.exports\s*=|^[ \t]*export\s+default\b/m.test(code)) return 'object'
  return /\bexports\.up\s*=|^[ \t]*export\s+(async\s+)?(function|const|let)\s+up\b|^[ \t]*export\s*\{/m.test(
    code,
  )
    ? 'members'
    : undefined
}

/** Of `up`: whatever stands between its name and its parameters. */
const upParameters =
  /\bup\b['"\]]?\s*(?:[:=(][^(\n]*)??(?:async\s*)?(?:function\s*\w*\s*)?(?:\(([^()]*)\)?|(\w+)\s*=>)/

function parameterHabits(code: string): FileHabits {
  const found = upParameters.exec(code)
  const parameters = found?.[1] ?? found?.[2]
  if (parameters === undefined) return {}
  const takesContext =
    /^\s*\{[^}]*\bcontext\b/.test(parameters) ||
    (/^\s*\w+\s*(:[^,]*)?$/.test(parameters) && /\bparams\.context\b/.test(code))
  const [first = '', second = ''] = parameters.split(',').map((part) => part.replace(/[:=].*/s, '').trim())
  const usesTypes = /\bDataTypes\.[A-Z]/.test(code)
  return {
    call: takesContext ? 'context' : 'arguments',
    queryInterface: takesContext ? undefined : /^_?qi$/.test(first) ? 'qi' : 'queryInterface',
    library: libraryOf(second, usesTypes, /\bSequelize\.[A-Z]/.test(code)),
  }
}

function libraryOf(
  second: string,
  usesTypes: boolean,
  usesSequelize: boolean,
): FolderStyle['library'] | undefined {
  if (usesTypes !== usesSequelize) return usesTypes ? 'DataTypes' : 'Sequelize'
  if (second === 'DataTypes') return 'DataTypes'
  return second === 'Sequelize' ? 'Sequelize' : undefined
}

function quotesOf({ quoted: { single, double } }: JsOutline): FolderStyle['quotes'] | undefined {
  if (single === double) return undefined
  return single > double ? 'single' : 'double'
}

/** A statement that ends on the line it began on, or the last line of a call, without a semicolon. */
const openEnd = /^\s*(?:''|(?:const|let|var|await|return|import|export|throw)\b.*[\w)\]'`]|[})\]]*\)[})\]]*)$/

function semicolonsOf(lines: readonly string[]): boolean | undefined {
  const code = lines.filter((line) => line !== '')
  const closed = code.filter((line) => line.endsWith(';')).length
  const open = code.filter((line, index) => openEnd.test(line) && !goesOn(code[index + 1] ?? '')).length
  return closed === open ? undefined : closed > open
}

/** A line that belongs to the statement above it, or closes what that is inside of. */
function goesOn(next: string): boolean {
  return /^\s*(?:[.,?:)\]+]|&&|\|\||from\b)/.test(next)
}

function indentOf(lines: readonly string[]): Indent | undefined {
  const votes = new Map<Indent, number>()
  let above = ''
  for (const line of lines) {
    if (line.trim() === '') continue
    const [space = ''] = /^[ \t]*/.exec(line) ?? []
    const step = space.startsWith(above) ? space.slice(above.length) : ''
    if (step === '  ' || step === '    ' || step === '\t') votes.set(step, (votes.get(step) ?? 0) + 1)
    above = space
  }
  return [...votes].toSorted(([, a], [, b]) => b - a)[0]?.[0]
}

/** Of the tables that the file creates: names that begin a line of their attributes, or stand behind a brace. */
function columnHabits(code: string): FileHabits {
  const camel = [...code.matchAll(/[{,\n]\s*[a-z]+(?:[A-Z][a-z0-9]*)+\s*:\s*(?:\{|\w+\.[A-Z])/g)].length
  const snake = [...code.matchAll(/[{,\n]\s*[a-z0-9]+(?:_[a-z0-9]+)+\s*:\s*(?:\{|\w+\.[A-Z])/g)].length
  const columns = camel === snake ? {} : ({ columns: camel > snake ? 'camel' : 'snake' } as const)
  if (!/\.createTable\s*\(/.test(code)) return columns
  return {
    ...columns,
    timestamps: /\b(created_?at|updated_?at|timestamps)\b/i.test(code),
    paranoid: /\bdeleted_?at\b/i.test(code),
  }
}
