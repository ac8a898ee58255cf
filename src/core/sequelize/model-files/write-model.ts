import { nameOf } from '../folder/folder-files.ts'
import type { Model } from '../models/model.ts'
import { defineSource, indexSource, modelSource } from '../models/render-models.ts'
import { classSource, typedIndexSource } from '../models/render-typescript.ts'
import { type ModelFolderStyle, modelFileName } from './model-style.ts'
import { restyled } from './restyle.ts'
import { joined, selfMade, type WrittenModel } from './write-like-neighbour.ts'

const writers = { factory: null, self: selfMade, connection: joined }

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
  for (const neighbour of style.neighbours) {
    const like = writers[style.shape]?.(model, style, neighbour)
    if (like) return like
  }
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

/** The name of a new model's file, unlike any that is there. */
export function freeFileName(model: string, style: ModelFolderStyle, taken: ReadonlySet<string>): string {
  const names = [model, `${model}Model`, `${model}Table`].map((name) => modelFileName(name, style))
  return (
    names.find((name) => !taken.has(name)) ??
    `${nameOf(names[0] ?? model).replace(/\.\w+$/, '')}-2.${style.ending}`
  )
}
