import type { Attribute } from '../models/model.ts'
import { attributeType } from '../models/render-typescript.ts'
import { byHand, type EditedText } from './edited-text.ts'
import { sourceOf } from './js-structure.ts'

/** `declare name: string;` of a class, which tells TypeScript of an attribute. */
const declaration = /^([ \t]*)(?:public )?declare (\w+)[?!]?:[^\n]*$/gm

/** Types of their own that a person keeps beside the class: `interface UserAttributes {`. */
const ownTypes = /\b(?:interface|type)\s+(\w*(?:Attributes|Instance|Props))\b/

/** Declares a new attribute as the others of its class are; of other ways to type a model a person is told. */
export function declareAttribute(
  file: EditedText,
  model: string,
  attribute: Attribute,
  behind: string | null,
): EditedText {
  const { text } = file
  const lines = [...text.matchAll(declaration)]
  const known = (name: string) => lines.find((line) => line[2] === name)
  const place = behind === null ? undefined : known(behind)
  const type = attributeType(attribute)
  const written = text.includes('CreationOptional') ? type : type.replace(/^CreationOptional<(.*)>$/, '$1')
  if (known(attribute.name)) return file
  if (!place) {
    const [, named] = ownTypes.exec(text) ?? []
    const what = named === undefined ? null : `Name ${attribute.name} in the type ${named} of ${model} too.`
    return what === null ? file : byHand(file, { what, code: `${attribute.name}: ${written};` })
  }
  const end = place.index + place[0].length
  const line = `\n${place[1]}declare ${attribute.name}: ${written}${place[0].endsWith(';') ? ';' : ''}`
  return { ...file, text: text.slice(0, end) + line + text.slice(end) }
}

/** Takes the declaration of an attribute out. */
export function undeclareAttribute(file: EditedText, name: string): EditedText {
  const { text } = file
  const line = [...text.matchAll(declaration)].find((found) => found[2] === name)
  if (!line || !sourceOf(text)) return file
  return { ...file, text: text.slice(0, line.index) + text.slice(line.index + line[0].length + 1) }
}
