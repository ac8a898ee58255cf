import { jsString, printJsValue } from '../js-value.ts'
import type { Association, Attribute, Model } from './model.ts'
import { associationLines, attributesOf, type ModelFile, notes } from './model-lines.ts'

/** Models as classes whose attributes and associations TypeScript knows (Sequelize 6 with `declare`). */
export function typeScriptFiles(models: readonly Model[]): readonly ModelFile[] {
  const files = models.map((model) => ({
    fileName: `${model.fileName}.ts`,
    source: classSource(model, models),
  }))
  return [...files, { fileName: 'index.ts', source: typedIndexSource(models) }]
}

/** The model as a class that says its types. */
export function classSource(model: Model, models: readonly Model[]): string {
  const { name } = model
  const targets = new Set(model.associations.flatMap(({ target, through = target }) => [target, through]))
  const others = models.filter((other) => other !== model && targets.has(other.name))
  const mixins = new Set(
    model.associations.flatMap((association) => mixinsOf(association).map(([, type]) => type)),
  )
  return [
    'import {',
    ...importedNames(model, mixins).map((imported) => `  ${imported},`),
    "} from 'sequelize';",
    ...others.map((other) => `import { ${other.name} } from ${jsString(`./${other.fileName}.js`)};`),
    '',
    ...notes(model),
    `export class ${name} extends Model<InferAttributes<${name}>, InferCreationAttributes<${name}>> {`,
    ...model.attributes.map(
      (attribute) => `  declare ${propertyName(attribute.name)}: ${attributeType(attribute)};`,
    ),
    ...model.associations.flatMap((association) => ['', ...associationMembers(association, models)]),
    '',
    `  static define(sequelize: Sequelize): typeof ${name} {`,
    `    ${name}.init(`,
    `      ${printJsValue(attributesOf(model), 6, 6, 1)},`,
    `      ${printJsValue({ sequelize: { code: 'sequelize' }, modelName: name, ...model.options }, 6, 6, 1)},`,
    '    );',
    ...(model.hasKey
      ? []
      : [
          '    // Sequelize would add a key that the table does not have.',
          `    ${name}.removeAttribute('id');`,
        ]),
    `    return ${name};`,
    '  }',
    '',
    '  static associate(): void {',
    ...associationLines(model, '', 4),
    '  }',
    '}',
    '',
  ].join('\n')
}

function importedNames(model: Model, mixins: ReadonlySet<string>): readonly string[] {
  const optional = model.attributes.some(needsOptional) ? ['type CreationOptional'] : []
  const related = model.associations.length > 0 ? ['type NonAttribute'] : []
  const names = [
    ...[...mixins].map((name) => `type ${name}`),
    ...optional,
    'DataTypes',
    'type InferAttributes',
    'type InferCreationAttributes',
    'Model',
    ...related,
    'type Sequelize',
  ]
  return names.toSorted((a, b) => a.replace('type ', '').localeCompare(b.replace('type ', ''), 'en'))
}

/** Null makes it optional already. */
function needsOptional({ isOptional, isNullable, tsType }: Attribute): boolean {
  return isOptional && (!isNullable || tsType === 'unknown')
}

/** Its type as a class declares it. */
export function attributeType(attribute: Attribute): string {
  const { tsType, isNullable } = attribute
  const type = isNullable && tsType !== 'unknown' ? `${tsType} | null` : tsType
  return needsOptional(attribute) ? `CreationOptional<${type}>` : type
}

function associationMembers(association: Association, models: readonly Model[]): readonly string[] {
  const { as, target } = association
  const key = keyTypeOf(target, models)
  const isMany = association.type === 'hasMany' || association.type === 'belongsToMany'
  return [
    `  declare ${as}?: NonAttribute<${isMany ? `${target}[]` : `${target} | null`}>;`,
    ...mixinsOf(association).map(
      ([member, type]) => `  declare ${member}: ${typeOfMixin(type, target, key)};`,
    ),
  ]
}

/** Methods that Sequelize adds to instances, and their types (docs: Assocs, "Special methods"). */
function mixinsOf({ type, as }: Association): readonly (readonly [string, string])[] {
  const name = as.charAt(0).toUpperCase() + as.slice(1)
  switch (type) {
    case 'belongsTo':
    case 'hasOne': {
      const prefix = type === 'hasOne' ? 'HasOne' : 'BelongsTo'
      return [
        [`get${name}`, `${prefix}GetAssociationMixin`],
        [`set${name}`, `${prefix}SetAssociationMixin`],
        [`create${name}`, `${prefix}CreateAssociationMixin`],
      ]
    }
    case 'hasMany':
    case 'belongsToMany': {
      const prefix = type === 'hasMany' ? 'HasMany' : 'BelongsToMany'
      return [
        [`get${name}`, `${prefix}GetAssociationsMixin`],
        [`set${name}`, `${prefix}SetAssociationsMixin`],
        [`add${name}`, `${prefix}AddAssociationsMixin`],
        [`remove${name}`, `${prefix}RemoveAssociationsMixin`],
        [`count${name}`, `${prefix}CountAssociationsMixin`],
      ]
    }
  }
}

function typeOfMixin(mixin: string, target: string, key: string): string {
  if (/Count/.test(mixin)) return mixin
  return /Create|Get/.test(mixin) ? `${mixin}<${target}>` : `${mixin}<${target}, ${key}>`
}

/** The type by which a row of the model is named: its key's. */
function keyTypeOf(target: string, models: readonly Model[]): string {
  const keys = models
    .find(({ name }) => name === target)
    ?.attributes.filter(({ definition }) => definition.primaryKey === true)
  return keys?.length === 1 ? (keys[0]?.tsType ?? 'never') : 'never'
}

function propertyName(name: string): string {
  return /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name) ? name : jsString(name)
}

/** The file that defines and joins all of them. */
export function typedIndexSource(models: readonly Pick<Model, 'name' | 'fileName'>[]): string {
  return [
    "import type { Sequelize } from 'sequelize';",
    ...models.map(({ name, fileName }) => `import { ${name} } from ${jsString(`./${fileName}.js`)};`),
    '',
    `export { ${models.map(({ name }) => name).join(', ')} };`,
    '',
    '/** Defines every model on a connection and joins them. */',
    'export function initModels(sequelize: Sequelize) {',
    `  const models = { ${models.map(({ name }) => name).join(', ')} };`,
    '  for (const model of Object.values(models)) model.define(sequelize);',
    '  for (const model of Object.values(models)) model.associate();',
    '  return models;',
    '}',
    '',
  ].join('\n')
}
