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

/** The model as a class in JavaScript. */
export function modelSource(model: Model): string {
  const { name } = model
  return [
    "'use strict';",
    '',
    "const { Model } = require('sequelize');",
    '',
    ...notes(model),
    types,
    'module.exports = (sequelize, DataTypes) => {',
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

function defineSource(model: Model): string {
  const { name } = model
  return [
    "'use strict';",
    '',
    ...notes(model),
    types,
    'module.exports = (sequelize, DataTypes) => {',
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

function indexSource(models: readonly Model[]): string {
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
