import type { SchemaDocument } from '../../model/document.ts'
import { jsString, printJsValue } from '../js-value.ts'
import { describeModels } from './describe-models.ts'
import type { Model } from './model.ts'
import { associationLines, attributesOf, type ModelFile, notes } from './model-lines.ts'
import { typeScriptFiles } from './render-typescript.ts'

/** How models are written. `define` exists in JavaScript only: TypeScript knows attributes by a class. */
export type ModelStyle = 'class' | 'define' | 'typescript'

/** The tables as Sequelize models, one file each, and an `index` that defines and joins them on a connection. */
export function renderModels(document: SchemaDocument, style: ModelStyle): readonly ModelFile[] {
  const models = describeModels(document)
  if (style === 'typescript') return typeScriptFiles(models)
  const files = models.map((model) => ({
    fileName: `${model.fileName}.js`,
    source: style === 'class' ? modelSource(model) : defineSource(model),
  }))
  return [...files, { fileName: 'index.js', source: indexSource(models) }]
}

const types =
  "/** @type {(sequelize: import('sequelize').Sequelize, DataTypes: typeof import('sequelize').DataTypes) => any} */"

/** What stands around a model in JavaScript. */
export interface ModelFrame {
  readonly modules: 'commonjs' | 'esm'
  /** Whether CommonJS begins with `'use strict'`. */
  readonly strict: boolean
  /** Whether a comment tells editors what the function takes. */
  readonly typeComment: boolean
}

const usualFrame: ModelFrame = { modules: 'commonjs', strict: true, typeComment: true }

function head(model: Model, { modules, strict, typeComment }: ModelFrame, imports: readonly string[]) {
  return [
    ...(strict && modules === 'commonjs' ? ["'use strict';", ''] : []),
    ...imports.flatMap((name) => [
      modules === 'esm'
        ? `import { ${name} } from 'sequelize';`
        : `const { ${name} } = require('sequelize');`,
      '',
    ]),
    ...notes(model),
    ...(typeComment ? [types] : []),
    `${modules === 'esm' ? 'export default' : 'module.exports ='} (sequelize, DataTypes) => {`,
  ]
}

/** The model as a class in JavaScript. */
export function modelSource(model: Model, frame = usualFrame): string {
  const { name } = model
  return [
    ...head(model, frame, ['Model']),
    `  class ${name} extends Model {`,
    '    static associate(models) {',
    ...associationLines(model, 'models.', 6),
    '    }',
    '  }',
    '',
    `  ${name}.init(`,
    `    ${printJsValue(attributesOf(model), 4, 4, 1)},`,
    `    ${printJsValue({ sequelize: { code: 'sequelize' }, modelName: name, ...model.options }, 4, 4, 1)},`,
    '  );',
    ...withoutKey(model),
    `  return ${name};`,
    '};',
    '',
  ].join('\n')
}

/** The model as `define` makes it. */
export function defineSource(model: Model, frame = usualFrame): string {
  const { name } = model
  return [
    ...head(model, frame, []),
    `  const ${name} = sequelize.define(`,
    `    ${jsString(name)},`,
    `    ${printJsValue(attributesOf(model), 4, 4, 1)},`,
    `    ${printJsValue(model.options, 4, 4, 1)},`,
    '  );',
    ...withoutKey(model),
    '',
    `  ${name}.associate = (models) => {`,
    ...associationLines(model, 'models.', 4),
    '  };',
    '',
    `  return ${name};`,
    '};',
    '',
  ].join('\n')
}

/** The file that defines and joins all of them. */
export function indexSource(models: readonly Pick<Model, 'fileName'>[]): string {
  return [
    "'use strict';",
    '',
    "const { DataTypes } = require('sequelize');",
    '',
    'const definitions = [',
    ...models.map(({ fileName }) => `  require(${jsString(`./${fileName}`)}),`),
    '];',
    '',
    '/**',
    ' * Defines every model on a connection and joins them.',
    " * @param {import('sequelize').Sequelize} sequelize",
    ' */',
    'module.exports = function initModels(sequelize) {',
    '  const models = {};',
    '  for (const define of definitions) {',
    '    const model = define(sequelize, DataTypes);',
    '    models[model.name] = model;',
    '  }',
    '  for (const model of Object.values(models)) model.associate(models);',
    '  return models;',
    '};',
    '',
  ].join('\n')
}

function withoutKey({ name, hasKey }: Model): readonly string[] {
  return hasKey
    ? []
    : ['  // Sequelize would add a key that the table does not have.', `  ${name}.removeAttribute('id');`]
}
