import { nameOf } from '../folder/folder-files.ts'
import { jsString, printJsValue } from '../js-value.ts'
import type { Model } from '../models/model.ts'
import { associationLines, attributesOf, notes } from '../models/model-lines.ts'
import { defineSource, indexSource, modelSource } from '../models/render-models.ts'
import { classSource, typedIndexSource } from '../models/render-typescript.ts'
import type { HandEdit } from './edited-text.ts'
import { type ModelFolderStyle, type ModelText, modelFileName } from './model-style.ts'
import { restyled } from './restyle.ts'

interface WrittenModel {
  readonly text: string
  readonly byHand: readonly HandEdit[]
}

/** A model's whole file in a folder's style. `models`: all of them, under the names of their files. */
export function writeModel(model: Model, models: readonly Model[], style: ModelFolderStyle): WrittenModel {
  if (style.flavour === 'typescript') {
    const source = classSource(model, models)
    const imports = style.withEndings ? source : source.replaceAll(/(from '\.[^']*)\.js';/g, "$1';")
    const define = {
      what: `Define ${model.name} on your connection.`,
      code: `${model.name}.define(sequelize);`,
    }
    return { text: restyled(imports, style.code), byHand: style.shape === 'connection' ? [define] : [] }
  }
  const onConnection =
    style.shape === 'connection' && style.neighbour ? joined(model, style, style.neighbour) : null
  if (onConnection) return onConnection
  const source = style.flavour === 'class' ? modelSource(model, style) : defineSource(model, style)
  return { text: restyled(source, style.code), byHand: [] }
}

/** The file that defines and joins all models, as Relata writes it. */
export function writeIndex(
  models: readonly Pick<Model, 'name' | 'fileName'>[],
  style: ModelFolderStyle,
): string {
  return restyled(style.flavour === 'typescript' ? typedIndexSource(models) : indexSource(models), style.code)
}

/** A model that takes the connection from where its neighbour has it; null where that cannot be told. */
function joined(model: Model, style: ModelFolderStyle, neighbour: ModelText): WrittenModel | null {
  const { name } = model
  const connection = /\b([\w$]+)\.define\s*\(/.exec(neighbour.text)?.[1] ?? optionOf(neighbour.text)
  const lines = neighbour.text.split('\n')
  const imported = lines.find(
    (line) =>
      /\b(require|import)\b/.test(line) &&
      new RegExp(`\\b${connection}\\b`).test(line) &&
      !/['"]sequelize['"]/.test(line),
  )
  const exported = lines.findLast(
    (line) => /^(module\.exports|export)\b/.test(line) && line.includes(neighbour.name),
  )
  if (connection === null || imported === undefined || exported === undefined) return null
  const isEsm = style.modules === 'esm'
  const names = style.flavour === 'class' ? 'DataTypes, Model' : 'DataTypes'
  const strict = !isEsm && /^['"]use strict/.test(neighbour.text)
  const attributes = printJsValue(attributesOf(model), 2, 2, 1)
  const own = style.flavour === 'class' ? { sequelize: { code: connection }, modelName: name } : {}
  const options = printJsValue({ ...own, ...model.options }, 2, 2, 1)
  const isDeclared = /^export\s+(const|class)\b/.test(exported)
  const start = isDeclared ? 'export ' : ''
  const body =
    style.flavour === 'class'
      ? [
          `${start}class ${name} extends Model {}`,
          '',
          `${name}.init(`,
          `  ${attributes},`,
          `  ${options},`,
          ');',
        ]
      : [
          `${start}const ${name} = ${connection}.define(`,
          `  ${jsString(name)},`,
          `  ${attributes},`,
          `  ${options},`,
          ');',
        ]
  const ours = [
    ...(strict ? ["'use strict';", ''] : []),
    isEsm ? `import { ${names} } from 'sequelize';` : `const { ${names} } = require('sequelize');`,
    '@connection',
    '',
    ...notes(model),
    ...body,
    ...(model.hasKey ? [] : [`${name}.removeAttribute('id');`]),
    ...(isDeclared ? [] : ['', '@export']),
    '',
  ].join('\n')
  const text = restyled(ours, style.code)
    .replaceAll(/\bsequelize\.(?=literal\()/g, `${connection}.`)
    .replace(/^@connection$/m, () => imported)
    .replace(/^@export$/m, () => exported.replaceAll(new RegExp(`\\b${neighbour.name}\\b`, 'g'), name))
  const join = associationLines(model, '', 0).join('\n')
  const hand = { what: `Join ${name} where your other models are joined.`, code: restyled(join, style.code) }
  return { text, byHand: model.associations.length > 0 ? [hand] : [] }
}

/** The connection that `init` is given: `{ sequelize }`, `{ sequelize: db }`. */
function optionOf(text: string): string | null {
  const named = /\bsequelize\s*:\s*([\w$]+)/.exec(text)?.[1]
  return named ?? (/[{,]\s*sequelize\s*[,}]/.test(text) ? 'sequelize' : null)
}

/** The name of a new model's file, unlike any that is there. */
export function freeFileName(model: string, style: ModelFolderStyle, taken: ReadonlySet<string>): string {
  const names = [model, `${model}Model`, `${model}Table`].map((name) => modelFileName(name, style))
  return (
    names.find((name) => !taken.has(name)) ??
    `${nameOf(names[0] ?? model).replace(/\.\w+$/, '')}-2.${style.ending}`
  )
}
