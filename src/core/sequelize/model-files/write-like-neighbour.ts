import { jsString, printJsValue } from '../js-value.ts'
import type { Model } from '../models/model.ts'
import { associationLines, attributesOf, notes } from '../models/model-lines.ts'
import type { HandEdit } from './edited-text.ts'
import type { ModelFolderStyle, ModelText } from './model-style.ts'
import { restyled } from './restyle.ts'
import { staticMaker } from './static-maker.ts'

/** A model's file, and what a person has to do beside it. */
export interface WrittenModel {
  readonly text: string
  readonly byHand: readonly HandEdit[]
}

/** A model whose class makes itself one of a connection, as its neighbour does; null where that cannot be told. */
export function selfMade(model: Model, style: ModelFolderStyle, neighbour: ModelText): WrittenModel | null {
  const [, maker, parameters = ''] = staticMaker.exec(neighbour.text) ?? []
  const [, start, variable] = /^(.*\b)?class\s+([\w$]+)\s+extends\b/m.exec(neighbour.text) ?? []
  if (maker === undefined || variable === undefined) return null
  const isExported = /\bexports?\b/.test(start ?? '')
  const exported = isExported ? undefined : exportLine(neighbour, variable)
  if (!isExported && exported === undefined) return null
  const named = namedLike(model, variable)
  const [connection = 'sequelize'] = /\w+/.exec(parameters) ?? []
  const types = /,\s*(\w+)/.exec(parameters)?.[1]
  const own = { sequelize: shorthand('sequelize', connection), modelName: model.name }
  const isInit = maker === 'init'
  const holder = isInit ? 'this' : named.name
  const ours = [
    ...head(style, neighbour, types === undefined ? 'DataTypes, Model' : 'Model'),
    '',
    ...notes(model),
    `${start ?? ''}class ${named.name} extends Model {`,
    `  static ${maker}(${parameters}) {`,
    `    ${isInit ? 'super' : named.name}.init(`,
    `      ${printJsValue(attributesOf(model), 6, 6, 1)},`,
    `      ${printJsValue({ ...own, ...model.options }, 6, 6, 1)},`,
    '    );',
    ...(model.hasKey ? [] : [`    ${holder}.removeAttribute('id');`]),
    `    return ${holder};`,
    '  }',
    '',
    '  static associate(models) {',
    ...associationLines(named, 'models.', 4),
    '  }',
    '}',
    ...(exported === undefined ? [] : ['', '@export']),
    '',
  ].join('\n')
  const text = finished(ours, style, connection).replace(/^@export$/m, () =>
    exportAs(exported, variable, named.name),
  )
  const hand = {
    what: `Define ${model.name} on your connection, where your other models are.`,
    code: restyled(`${named.name}.${maker}(${parameters});`, style.code),
  }
  return { text, byHand: [hand] }
}

/** A model that takes the connection from where its neighbour has it; null where that cannot be told. */
export function joined(model: Model, style: ModelFolderStyle, neighbour: ModelText): WrittenModel | null {
  const [, variable = neighbour.name, definer] =
    /\b(?:const|let|var)\s+([\w$]+)\s*=\s*([\w$]+)\.define\s*\(/.exec(neighbour.text) ??
    /\bclass\s+([\w$]+)\s+extends\b/.exec(neighbour.text) ??
    []
  const inline = /^(module\.exports\s*=|export\s+default)\s*([\w$]+)\.define\s*\(/m.exec(neighbour.text)
  const connection = definer ?? inline?.[2] ?? optionOf(neighbour.text)
  const imported = neighbour.text
    .split('\n')
    .find(
      (line) =>
        /\b(require|import)\b/.test(line) &&
        new RegExp(`\\b${connection}\\b`).test(line) &&
        !/['"]sequelize['"]/.test(line),
    )
  const exported = exportLine(neighbour, variable)
  if (connection === null || imported === undefined || (exported === undefined && !inline)) return null
  const named = namedLike(model, variable)
  const attributes = printJsValue(attributesOf(model), 2, 2, 1)
  const isClass = style.flavour === 'class'
  const own = isClass ? { sequelize: shorthand('sequelize', connection), modelName: model.name } : {}
  const options = printJsValue({ ...own, ...model.options }, 2, 2, 1)
  const declared = /^(export\s+(?:default\s+(?=class\b))?)(?:const|class)\b/.exec(exported ?? '')
  const isDeclared = declared !== null
  const isInline = inline !== null && !isClass && model.hasKey
  const start = declared?.[1] ?? ''
  const body = isClass
    ? [
        `${start}class ${named.name} extends Model {}`,
        '',
        `${named.name}.init(`,
        `  ${attributes},`,
        `  ${options},`,
        ');',
      ]
    : [
        `${isInline ? `${inline[1]} ` : `${start}const ${named.name} = `}${connection}.define(`,
        `  ${jsString(model.name)},`,
        `  ${attributes},`,
        `  ${options},`,
        ');',
      ]
  const ours = [
    ...head(style, neighbour, isClass ? 'DataTypes, Model' : 'DataTypes'),
    '@connection',
    '',
    ...notes(model),
    ...body,
    ...(model.hasKey ? [] : [`${named.name}.removeAttribute('id');`]),
    ...(isDeclared || isInline ? [] : ['', '@export']),
    '',
  ].join('\n')
  const text = finished(ours, style, connection)
    .replace(/^@connection$/m, () => imported)
    .replace(/^@export$/m, () =>
      exportAs(exported ?? `${inline?.[1] ?? ''} ${variable}`, variable, named.name),
    )
  const join = associationLines(named, '', 0).join('\n')
  const hand = {
    what: `Join ${model.name} where your other models are joined.`,
    code: restyled(join, style.code),
  }
  return { text, byHand: model.associations.length > 0 ? [hand] : [] }
}

function head(style: ModelFolderStyle, neighbour: ModelText, names: string): readonly string[] {
  const isEsm = style.modules === 'esm'
  const strict = !isEsm && /^['"]use strict/.test(neighbour.text)
  return [
    ...(strict ? ["'use strict';", ''] : []),
    isEsm ? `import { ${names} } from 'sequelize';` : `const { ${names} } = require('sequelize');`,
  ]
}

/** Set as the neighbour is; the connection under the name that it has there. */
function finished(source: string, style: ModelFolderStyle, connection: string): string {
  return restyled(source, style.code).replaceAll(/\bsequelize\.(?=literal\()/g, `${connection}.`)
}

function shorthand(key: string, value: string): { readonly code: string } {
  return { code: key === value ? key : value }
}

function exportLine({ text }: ModelText, variable: string): string | undefined {
  return text
    .split('\n')
    .findLast((line) => /^(module\.exports|export)\b/.test(line) && holds(line, variable))
}

function holds(line: string, variable: string): boolean {
  return new RegExp(`(?<![\\w$])${variable}(?![\\w$])`).test(line)
}

function exportAs(line: string | undefined, variable: string, name: string): string {
  return (line ?? '').replaceAll(new RegExp(`(?<![\\w$])${variable}(?![\\w$])`, 'g'), () => name)
}

/** Under the name of its variable, and the others under theirs: `User` of the model `user`, where the neighbour is so. */
function namedLike(model: Model, variable: string): Model {
  if (!/^[A-Z]/.test(variable)) return model
  const upper = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)
  const associations = model.associations.map((one) => ({
    ...one,
    target: upper(one.target),
    ...(one.through === undefined ? {} : { through: upper(one.through) }),
  }))
  return { ...model, name: upper(model.name), associations }
}

/** The connection that `init` is given: `{ sequelize }`, `{ sequelize: db }`. */
function optionOf(text: string): string | null {
  const named = /\bsequelize\s*:\s*([\w$]+)/.exec(text)?.[1]
  return named ?? (/[{,]\s*sequelize\s*[,}]/.test(text) ? 'sequelize' : null)
}
