import type { JsValue } from '../call.ts'
import { jsKey, printJsValue } from '../js-value.ts'
import type { Association, Attribute, Model } from './model.ts'

/** A file of models. */
export interface ModelFile {
  readonly fileName: string
  readonly source: string
}

/** The attributes as `define` and `init` take them. */
export function attributesOf({ attributes }: Model): JsValue {
  return Object.fromEntries(attributes.map(({ name, definition }: Attribute) => [name, definition]))
}

/** `Account.hasMany(models.Contact, { as: 'contacts', foreignKey: 'accountId' });` */
export function associationLines(model: Model, prefix: string, indent: number): readonly string[] {
  const pad = ' '.repeat(indent)
  if (model.associations.length === 0) return [`${pad}// Nothing refers to it, and it refers to nothing.`]
  return model.associations.map((association) => {
    const call = `${model.name}.${association.type}(${prefix}${association.target}, `
    return `${pad}${call}${printJsValue(associationOptions(association, prefix), indent, indent + call.length, 2)});`
  })
}

/** What the call that joins the models is given. `prefix` is what the other models are members of: `models.` */
export function associationOptions(
  association: Association,
  prefix: string,
): { readonly [option: string]: JsValue } {
  const { type, as, foreignKey, otherKey, through, referredKey } = association
  const referred = type === 'belongsTo' ? 'targetKey' : 'sourceKey'
  return {
    as,
    ...(through === undefined ? {} : { through: { code: `${prefix}${through}` } }),
    foreignKey,
    ...(otherKey === undefined ? {} : { otherKey }),
    ...(referredKey === undefined ? {} : { [referred]: referredKey }),
  }
}

/** What the model cannot say, as comments. */
export function notes({ notes: sentences }: Model): readonly string[] {
  return sentences.map((sentence) => `// ${sentence.replaceAll(/\s+/g, ' ')}`)
}

/** One attribute as `define` and `init` take it: `slug: { type: DataTypes.TEXT },`; `name` is what a model calls it. */
export function attributeText(attribute: Attribute, name = attribute.name): string {
  const { field, ...definition } = attribute.definition
  const own = name === attribute.column.name ? definition : { ...definition, field: attribute.column.name }
  const key = jsKey(name)
  const value = name === attribute.name ? attribute.definition : own
  return `${key}: ${printJsValue(value, 0, key.length + 2, 1)},`
}
