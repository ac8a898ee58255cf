import type { JsValue } from '../call.ts'
import type { CodeStyle } from '../code-style.ts'
import { printJsValue } from '../js-value.ts'
import type { Association } from '../models/model.ts'
import { associationOptions } from '../models/model-lines.ts'
import { property } from './edit-attributes.ts'
import { codeFor, type EditedText, edited } from './edited-text.ts'
import { type AssociationCall, associateBody, associationCalls } from './find-associations.ts'
import { entryNamed, type Source } from './js-structure.ts'
import { appended, inserted, removed, replaced } from './literal-edits.ts'

/** Joins the model with another at the end of its `associate`. */
export function addAssociation(
  file: EditedText,
  model: string,
  association: Association,
  actions: { readonly [option: string]: JsValue },
  style: CodeStyle,
): EditedText {
  const { type, target } = association
  const codeWith = (receiver: string, prefix: string) => {
    const call = `${receiver}.${type}(${prefix}${target}, `
    const options = { ...associationOptions(association, prefix), ...actions }
    return codeFor(file.text, `${call}${printJsValue(options, 0, call.length + 4, 2)});`, style)
  }
  return edited(
    file,
    (source) => {
      if (callFor(source, association)) return source.text
      const body = associateBody(source, model)
      if (!body) return null
      const prefix = body.parameter === '' ? '' : `${body.parameter}.`
      return appended(source, body.open, codeWith(body.receiver, prefix), style.indent)
    },
    { what: `Join ${model} with ${target}.`, code: codeWith(model, 'models.') },
  )
}

/** Takes a join away; one that the file does not make needs nothing. */
export function removeAssociation(file: EditedText, model: string, association: Association): EditedText {
  return edited(
    file,
    (source) => {
      const call = callFor(source, association)
      if (!call) return source.text
      return call.statement && removed(source, call.statement)
    },
    {
      what: `${model} is no longer joined with ${association.target} by ${association.foreignKey}.`,
      code: null,
    },
  )
}

/** Says in the call something else of the foreign key, where the file makes it. */
export function setAssociationOption(
  file: EditedText,
  association: Association,
  name: string,
  value: JsValue,
  style: CodeStyle,
): EditedText {
  const code = codeFor(file.text, property(name, value), style)
  return edited(
    file,
    (source) => {
      const options = callFor(source, association)?.options
      if (options == null) return source.text
      const present = entryNamed(source, options, name)
      if (!present) return inserted(source, options, code, style.indent)
      return present.value ? replaced(source, present.value, code.slice(name.length + 2)) : null
    },
    { what: `Change ${name} where models are joined by ${association.foreignKey}.`, code: `${code},` },
  )
}

function callFor(source: Source, { type, target, foreignKey }: Association): AssociationCall | undefined {
  return associationCalls(source).find(
    (call) => call.type === type && call.target === target && call.foreignKey === foreignKey,
  )
}
