import type { JsValue } from '../call.ts'
import type { CodeStyle } from '../code-style.ts'
import { isRecord, jsKey, printJsValue } from '../js-value.ts'
import type { Attribute } from '../models/model.ts'
import { codeFor, type EditedText, edited } from './edited-text.ts'
import { findDefinition } from './find-definition.ts'
import { type Entry, entriesOf, entryNamed, objectAt, type Source, sourceOf, textOf } from './js-structure.ts'
import { inserted, removed, replaced } from './literal-edits.ts'
import type { AttributeChange } from './model-changes.ts'

type Properties = { readonly [property: string]: JsValue }

/** What says to which rows a column leads: where models are joined, that says it already. */
export const linkProperties: readonly string[] = ['references', 'onDelete', 'onUpdate']

export function addAttribute(
  file: EditedText,
  model: string,
  { name, definition }: Pick<Attribute, 'name' | 'definition'>,
  behind: string | null,
  style: CodeStyle,
): EditedText {
  const whole = codeFor(file.text, property(name, definition), style)
  const { type, ...more } = definition
  const isPlain = type !== undefined && Object.keys(more).length === 0
  const short = isPlain ? codeFor(file.text, property(name, type), style) : whole
  return edited(
    file,
    (source) => {
      const found = findDefinition(source, model)
      if (!found) return null
      const entries = entriesOf(source, found.attributes)
      if (entries.some(({ key }) => key === name)) return source.text
      // `name: DataTypes.STRING`, where others are written so.
      const isShort = entries.some(({ value }) => value && objectAt(source, value) === null)
      const code = isShort ? short : whole
      return inserted(source, found.attributes, code, style.indent, behind)
    },
    { what: `Add the attribute ${name} to ${model}.`, code: `${whole},` },
  )
}

export function removeAttribute(file: EditedText, model: string, name: string): EditedText {
  return edited(
    file,
    (source) => {
      const found = findDefinition(source, model)
      if (!found) return null
      const entry = entryNamed(source, found.attributes, name)
      // Only a join made it.
      return entry ? removed(source, entry) : source.text
    },
    { what: `Remove the attribute ${name} from ${model}.`, code: null },
  )
}

/** Changes what an attribute says. Links are left out where the model does not say them in the attribute. */
export function changeAttribute(
  file: EditedText,
  model: string,
  { name, set, unset }: AttributeChange,
  style: CodeStyle,
): EditedText {
  const source = sourceOf(file.text)
  const found = source && findDefinition(source, model)
  const entry = found ? entryNamed(source, found.attributes, name) : undefined
  const saysLink = source && entry ? said(source, entry, 'references') !== null : false
  const isWanted = (property: string) => saysLink || !linkProperties.includes(property)
  const wanted = Object.entries(set).filter(([property]) => isWanted(property))
  const unwanted = unset.filter(isWanted)
  if (wanted.length === 0 && unwanted.length === 0) return file
  const changed = wanted.reduce(
    (result, [property, value]) => setProperty(result, model, name, property, value, style),
    file,
  )
  return unwanted.reduce((result, property) => unsetProperty(result, model, name, property), changed)
}

/** The property of an attribute that is written as an object; null: it does not say it. */
function said(source: Source, { value }: Entry, name: string): Entry | null {
  const object = value && objectAt(source, value)
  return object === null ? null : (entryNamed(source, object, name) ?? null)
}

function setProperty(
  file: EditedText,
  model: string,
  attribute: string,
  name: string,
  value: JsValue,
  style: CodeStyle,
): EditedText {
  const code = codeFor(file.text, property(name, value), style)
  const plain = codeFor(file.text, printJsValue(value, 0, name.length + 2, 1), style)
  return edited(
    file,
    (source) => {
      const found = findDefinition(source, model)
      const entry = found && entryNamed(source, found.attributes, attribute)
      if (!entry?.value) return null
      const object = objectAt(source, entry.value)
      if (object === null) {
        // The type alone: `name: DataTypes.STRING`.
        if (!/^[\w$.]+(\([^{}]*\))*$/.test(textOf(source, entry.value))) return null
        if (name === 'type') return replaced(source, entry.value, plain)
        return replaced(source, entry.value, `{ type: ${textOf(source, entry.value)}, ${code} }`)
      }
      const present = entryNamed(source, object, name)
      if (!present) return inserted(source, object, code, style.indent)
      // Nothing but the name of a constraint changes, and this file does not name it.
      if (name === 'unique' && present.value && textOf(source, present.value) === 'true') return source.text
      return present.value ? replaced(source, present.value, plain) : null
    },
    { what: `Change ${name} of ${model}.${attribute}.`, code: `${code},` },
  )
}

function unsetProperty(file: EditedText, model: string, attribute: string, name: string): EditedText {
  return edited(
    file,
    (source) => {
      const found = findDefinition(source, model)
      const entry = found && entryNamed(source, found.attributes, attribute)
      if (!entry?.value) return null
      const object = objectAt(source, entry.value)
      const present = object === null ? undefined : entryNamed(source, object, name)
      // What it does not say need not be taken away.
      return present ? removed(source, present) : source.text
    },
    { what: `Remove ${name} from ${model}.${attribute}.`, code: null },
  )
}

/** `name: value`, on as few lines as fit. */
export function property(name: string, value: JsValue): string {
  const key = jsKey(name)
  return `${key}: ${printJsValue(value, 0, key.length + 2, 1)}`
}

/** The definition of an attribute without the properties of those names. */
export function without(definition: JsValue, names: readonly string[]): Properties {
  if (!isRecord(definition)) return {}
  return Object.fromEntries(Object.entries(definition).filter(([name]) => !names.includes(name)))
}
