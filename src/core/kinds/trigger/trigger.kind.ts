import type { ObjectBase, ObjectId } from '../../model/object.ts'
import { qualifiedNameOf } from '../../sql/names.ts'
import { quoteName } from '../../sql/quote.ts'
import { statement } from '../../sql/statement.ts'
import type { Deferral } from '../constraint.ts'
import { isDeferral } from '../constraint.ts'
import {
  commentField,
  isOneOf,
  isText,
  isTextOrNull,
  isTexts,
  listOfReferences,
  nameField,
  oneExpression,
  optionalReference,
} from '../fields.ts'
import type { Kind } from '../kind.ts'
import { triggerCatalog } from './trigger.catalog.ts'
import { createTrigger, enableTrigger } from './trigger.ddl.ts'

export const triggerEvents = ['insert', 'update', 'delete', 'truncate'] as const
export type TriggerEvent = (typeof triggerEvents)[number]

/** A trigger of a table or view (docs CREATE TRIGGER). */
export interface Trigger extends ObjectBase {
  readonly kind: 'trigger'
  readonly timing: 'before' | 'after' | 'instead of'
  /** In the order of `triggerEvents`. */
  readonly events: readonly TriggerEvent[]
  /** UPDATE OF these; empty means any column. */
  readonly updateOf: readonly ObjectId[]
  readonly level: 'row' | 'statement'
  readonly when: string | null
  /** The function's object, or null where an extension or the system owns it: then `functionName` decides. */
  readonly function: ObjectId | null
  /** As written in SQL; empty where `function` is set. */
  readonly functionName: string
  readonly arguments: readonly string[]
  /** A constraint trigger, and when it fires; null for an ordinary trigger. */
  readonly constraint: Deferral | null
  /** Transition tables. */
  readonly oldTable: string | null
  readonly newTable: string | null
  readonly enabled: 'origin' | 'disabled' | 'replica' | 'always'
}

export const isTrigger = (object: ObjectBase): object is Trigger => object.kind === 'trigger'

const isEvent = isOneOf(triggerEvents)

const choice = <const V>(...words: readonly V[]) => ({
  type: 'choice' as const,
  options: words.map((value) => ({ value, label: String(value) })),
})

export const triggerKind: Kind<Trigger> = {
  name: 'trigger',
  label: 'Trigger',
  plural: 'Triggers',
  icon: 'zap',
  order: 90,
  parents: ['table', 'partition', 'view'],
  nameScope: 'kind',
  fields: {
    name: nameField(
      (trigger, newName, schema) =>
        `ALTER TRIGGER ${quoteName(trigger.name)} ON ${qualifiedNameOf(trigger.parent, schema)} RENAME TO ${newName}`,
    ),
    timing: {
      label: 'When',
      editor: choice('before', 'after', 'instead of'),
      valid: isOneOf(['before', 'after', 'instead of']),
      alter: 'replace',
      sample: ['after', 'before'],
    },
    events: {
      label: 'Events',
      editor: { type: 'trigger-events' },
      valid: (value): value is readonly TriggerEvent[] =>
        Array.isArray(value) && value.length > 0 && value.every(isEvent),
      alter: 'replace',
      sample: [['insert', 'update', 'delete'], ['update']],
    },
    updateOf: {
      label: 'Update of',
      editor: { type: 'columns' },
      valid: isTexts,
      alter: 'replace',
      sample: [['email column', 'first_name column'], []],
      references: listOfReferences,
    },
    level: {
      label: 'For each',
      editor: choice('row', 'statement'),
      valid: isOneOf(['row', 'statement']),
      alter: 'replace',
      sample: ['statement', 'row'],
    },
    when: {
      label: 'Condition',
      editor: { type: 'expression', placeholder: 'OLD.status IS DISTINCT FROM NEW.status' },
      valid: isTextOrNull,
      alter: 'replace',
      sample: ["(new.email <> ') EXECUTE FUNCTION x('::text)", '(old.* IS DISTINCT FROM new.*)', null],
      expressions: oneExpression,
    },
    function: {
      label: 'Function',
      editor: { type: 'object', kinds: ['function'], optional: true },
      valid: isTextOrNull,
      alter: 'replace',
      sample: [],
      references: optionalReference,
    },
    functionName: {
      label: 'Function of an extension',
      editor: { type: 'text', placeholder: 'tsvector_update_trigger' },
      valid: isText,
      alter: 'replace',
      sample: [],
    },
    arguments: {
      label: 'Arguments',
      editor: { type: 'texts' },
      valid: isTexts,
      alter: 'replace',
      sample: [['one', "it's", '', 'naïve 🐘\\n', '2'], []],
    },
    constraint: {
      label: 'Constraint trigger',
      editor: {
        type: 'choice',
        options: [
          { value: null, label: 'No' },
          { value: 'not deferrable', label: 'At once' },
          { value: 'deferrable', label: 'At once, deferrable' },
          { value: 'initially deferred', label: 'At commit' },
        ],
      },
      valid: (value): value is Deferral | null => value === null || isDeferral(value),
      alter: 'replace',
      sample: [],
    },
    oldTable: {
      label: 'Old rows as',
      editor: { type: 'text' },
      valid: isTextOrNull,
      alter: 'replace',
      sample: [],
    },
    newTable: {
      label: 'New rows as',
      editor: { type: 'text' },
      valid: isTextOrNull,
      alter: 'replace',
      sample: [],
    },
    enabled: {
      label: 'Fires',
      editor: choice('origin', 'disabled', 'replica', 'always'),
      valid: isOneOf(['origin', 'disabled', 'replica', 'always']),
      alter: { statements: (from, to, schema) => [enableTrigger(from, to.enabled, schema)] },
      sample: ['disabled', 'replica', 'always', 'origin'],
    },
    comment: commentField(
      (trigger, schema) => `TRIGGER ${quoteName(trigger.name)} ON ${qualifiedNameOf(trigger.parent, schema)}`,
    ),
  },
  sample: {
    id: 'trigger',
    kind: 'trigger',
    parent: 'table',
    name: 'contacts_touch',
    comment: null,
    timing: 'before',
    events: ['update'],
    updateOf: [],
    level: 'row',
    when: null,
    function: 'touch function',
    functionName: '',
    arguments: [],
    constraint: null,
    oldTable: null,
    newTable: null,
    enabled: 'origin',
  },
  create: createTrigger,
  drop: (trigger, schema) => [
    statement(
      trigger,
      `DROP TRIGGER ${quoteName(trigger.name)} ON ${qualifiedNameOf(trigger.parent, schema)}`,
    ),
  ],
  mentions: (trigger) => (trigger.function === null ? trigger.functionName : null),
  pinsColumns: (trigger) => trigger.updateOf.length > 0 || trigger.when !== null,
  catalog: triggerCatalog,
}
