import type { JsValue } from '../call.ts'
import type { CodeStyle } from '../code-style.ts'
import { isRecord, printJsValue } from '../js-value.ts'
import type { Association, Model } from '../models/model.ts'
import { addAssociation, removeAssociation, setAssociationOption } from './edit-associations.ts'
import {
  addAttribute,
  changeAttribute,
  linkProperties,
  property,
  removeAttribute,
  without,
} from './edit-attributes.ts'
import { declareAttribute, undeclareAttribute } from './edit-declarations.ts'
import { codeFor, type EditedText, edited } from './edited-text.ts'
import { associateBody } from './find-associations.ts'
import { findDefinition } from './find-definition.ts'
import {
  entryNamed,
  isMark,
  objectAt,
  partsOf,
  type Source,
  sourceOf,
  stringAt,
  textOf,
} from './js-structure.ts'
import { inserted, removed, replaced } from './literal-edits.ts'
import { indexName, type ModelChange } from './model-changes.ts'

/**
 * Writes into a person's own file what an edit of the schema changes in one of its models, and nothing else. What has
 * no sure place in it is left to the person. `models` are all as they are to be.
 */
export function editModel(
  file: EditedText,
  change: ModelChange,
  models: readonly Model[],
  style: CodeStyle,
): EditedText {
  const { name } = change.before
  const source = sourceOf(file.text)
  const isJoined = source !== null && associateBody(source, name) !== null
  let result = file
  for (const { name: attribute } of change.removed) {
    result = undeclareAttribute(removeAttribute(result, name, attribute), attribute)
  }
  for (const association of change.associations.removed) {
    result = isGone(association, name, models)
      ? removeAssociation(result, name, association)
      : setAssociationOption(result, association, 'constraints', false, style)
  }
  for (const { attribute, behind } of change.added) {
    const definition = isJoined ? without(attribute.definition, linkProperties) : attribute.definition
    result = addAttribute(result, name, { name: attribute.name, definition }, behind, style)
    result = declareAttribute(result, name, attribute, behind)
  }
  for (const attribute of change.changed) {
    result = changeAttribute(result, name, spoken(attribute, result.text, name), style)
    result = changeActions(result, change.after, attribute, style)
  }
  for (const association of change.associations.added) {
    const key = change.after.attributes.find((one) => one.name === association.foreignKey)
    const actions = association.type === 'belongsTo' ? actionsIn(key?.definition ?? {}) : {}
    // Where nothing joins models, the attribute says what it refers to.
    if (isJoined) result = addAssociation(result, name, association, actions, style)
  }
  return changeOptions(changeIndexes(result, name, change.indexes, style), name, change, style)
}

/** Its foreign key, or the model that it leads to or through, is no longer there. */
function isGone(
  { type, target, foreignKey, through }: Association,
  model: string,
  models: readonly Model[],
): boolean {
  const named = (wanted: string) => models.find((one) => one.name === wanted)
  const holder = named(through ?? (type === 'belongsTo' ? model : target))
  return !named(target) || !holder?.attributes.some(({ name }) => name === foreignKey)
}

function actionsIn(definition: { readonly [property: string]: JsValue }) {
  const { onDelete, onUpdate } = definition
  return { ...(onDelete ? { onDelete } : {}), ...(onUpdate ? { onUpdate } : {}) }
}

/** Where a join says the foreign key, it says what that does, too. */
function changeActions(
  file: EditedText,
  { associations }: Model,
  { name, set, unset }: ModelChange['changed'][number],
  style: CodeStyle,
): EditedText {
  const join = associations.find(({ type, foreignKey }) => type === 'belongsTo' && foreignKey === name)
  if (!join || set.references !== undefined || unset.includes('references')) return file
  return ['onDelete', 'onUpdate'].reduce((result, action) => {
    const value = set[action] ?? (unset.includes(action) ? 'NO ACTION' : undefined)
    return value === undefined ? result : setAssociationOption(result, join, action, value, style)
  }, file)
}

/** Words and rules beside a column's form that the person has left out of the model are not put into it. */
const optional = ['comment', 'validate']

function spoken(
  change: ModelChange['changed'][number],
  text: string,
  model: string,
): ModelChange['changed'][number] {
  const source = sourceOf(text)
  const found = source && findDefinition(source, model)
  const value = found && entryNamed(source, found.attributes, change.name)?.value
  const object = value ? objectAt(source, value) : null
  const says = (name: string) =>
    source !== null && object !== null && entryNamed(source, object, name) !== undefined
  const set = Object.entries(change.set).filter(([name]) => !optional.includes(name) || says(name))
  return { ...change, set: Object.fromEntries(set) }
}

function changeOptions(
  file: EditedText,
  model: string,
  { options: { set, unset } }: ModelChange,
  style: CodeStyle,
): EditedText {
  const changed = Object.entries(set).reduce(
    (result, [name, value]) => setOption(result, model, name, value, style),
    file,
  )
  return unset.reduce(
    (result, name) =>
      editOptions(
        result,
        model,
        { what: `Remove the option ${name} of ${model}.`, code: null },
        (source, open) => {
          const present = entryNamed(source, open, name)
          return present ? removed(source, present) : source.text
        },
      ),
    changed,
  )
}

function setOption(
  file: EditedText,
  model: string,
  name: string,
  value: JsValue,
  style: CodeStyle,
): EditedText {
  const code = codeFor(file.text, property(name, value), style)
  const hand = { what: `Change the option ${name} of ${model}.`, code: `${code},` }
  return editOptions(file, model, hand, (source, open) => {
    const present = entryNamed(source, open, name)
    if (!present) return optional.includes(name) ? source.text : inserted(source, open, code, style.indent)
    return present.value ? replaced(source, present.value, code.slice(name.length + 2)) : null
  })
}

function editOptions(
  file: EditedText,
  model: string,
  hand: Parameters<typeof edited>[2],
  edit: (source: Source, open: number) => string | null,
): EditedText {
  return edited(
    file,
    (source) => {
      const open = findDefinition(source, model)?.options
      return open == null ? null : edit(source, open)
    },
    hand,
  )
}

/** Indexes are changed where the model lists them. */
function changeIndexes(
  file: EditedText,
  model: string,
  { added, removed: gone }: ModelChange['indexes'],
  style: CodeStyle,
): EditedText {
  const source = sourceOf(file.text)
  const options = source && findDefinition(source, model)?.options
  const list = source && options != null ? entryNamed(source, options, 'indexes') : undefined
  if (!list) return file
  const without = gone.reduce<EditedText>(
    (result, index) =>
      editIndexes(
        result,
        model,
        { what: `Remove the index ${indexName(index)} of ${model}.`, code: null },
        (now, open) => {
          const item = itemOf(now, open, index)
          return item ? removed(now, item) : now.text
        },
      ),
    file,
  )
  return added.reduce<EditedText>((result, index) => {
    const code = codeFor(result.text, printJsValue(index, 0, 8, 1), style)
    const hand = { what: `Add the index ${indexName(index)} to ${model}.`, code: `${code},` }
    return editIndexes(result, model, hand, (now, open) => inserted(now, open, code, style.indent))
  }, without)
}

function editIndexes(
  file: EditedText,
  model: string,
  hand: Parameters<typeof edited>[2],
  edit: (source: Source, open: number) => string | null,
): EditedText {
  return editOptions(file, model, hand, (source, options) => {
    const value = entryNamed(source, options, 'indexes')?.value
    const open = value && isMark(source, value.first, '[') ? value.first : null
    return open === null ? null : edit(source, open)
  })
}

/** The item of a model's list that is that index: by its name, or where it has none by its columns. */
function itemOf(source: Source, open: number, index: JsValue) {
  return partsOf(source, open).find((part) => {
    const object = objectAt(source, part)
    if (object === null) return false
    const name = entryNamed(source, object, 'name')?.value
    if (name) return stringAt(source, name) === indexName(index)
    const fields = entryNamed(source, object, 'fields')?.value
    return fields !== null && fields !== undefined && isRecord(index)
      ? textOf(source, fields).replaceAll(/[\s'"]/g, '') === JSON.stringify(index.fields).replaceAll('"', '')
      : false
  })
}
