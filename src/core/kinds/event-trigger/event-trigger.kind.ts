import { notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import { anyRows } from '../../catalog/some-rows.ts'
import type { ObjectBase, ObjectId } from '../../model/object.ts'
import { qualifiedNameOf } from '../../sql/names.ts'
import { quoteName, quoteText } from '../../sql/quote.ts'
import { type Statement, statement } from '../../sql/statement.ts'
import { commentField, isOneOf, isText, isTexts, nameField, oneReference } from '../fields.ts'
import type { Kind } from '../kind.ts'

const eventNames = ['ddl_command_start', 'ddl_command_end', 'sql_drop', 'table_rewrite', 'login'] as const
const enabledNames = ['origin', 'disabled', 'replica', 'always'] as const

const isEnabled = isOneOf(enabledNames)
const isEvent = isOneOf(eventNames)

/** Runs a function when the schema is changed (docs CREATE EVENT TRIGGER). */
export interface EventTrigger extends ObjectBase {
  readonly kind: 'event trigger'
  readonly event: (typeof eventNames)[number]
  /** Only for these commands, in alphabetical order; empty: for all. */
  readonly tags: readonly string[]
  readonly function: ObjectId
  readonly enabled: (typeof enabledNames)[number]
}

export const eventTriggerKind: Kind<EventTrigger> = {
  name: 'event trigger',
  label: 'Event trigger',
  plural: 'Event triggers',
  icon: 'zap',
  // Acts on whatever is made after it.
  order: 98,
  parents: [],
  nameScope: 'kind',
  fields: {
    name: nameField(
      (trigger, newName) => `ALTER EVENT TRIGGER ${quoteName(trigger.name)} RENAME TO ${newName}`,
    ),
    event: {
      label: 'On',
      editor: { type: 'choice', options: eventNames.map((value) => ({ value, label: value })) },
      valid: isEvent,
      alter: 'replace',
      sample: ['sql_drop', 'ddl_command_end'],
    },
    tags: {
      label: 'Commands',
      editor: { type: 'texts', placeholder: 'CREATE TABLE' },
      valid: isTexts,
      alter: 'replace',
      sample: [['ALTER TABLE', 'CREATE TABLE'], []],
    },
    function: {
      label: 'Function',
      editor: { type: 'object', kinds: ['function'] },
      valid: isText,
      alter: 'replace',
      sample: [],
      references: oneReference,
    },
    enabled: {
      label: 'Fires',
      editor: { type: 'choice', options: enabledNames.map((value) => ({ value, label: value })) },
      valid: isEnabled,
      alter: { statements: (from, to) => [enable(from, to.enabled)] },
      sample: ['disabled', 'replica', 'always', 'origin'],
    },
    comment: commentField((trigger) => `EVENT TRIGGER ${quoteName(trigger.name)}`),
  },
  sample: {
    id: 'event trigger',
    kind: 'event trigger',
    parent: null,
    name: 'noted',
    comment: null,
    event: 'ddl_command_end',
    tags: ['COMMENT'],
    function: 'noting function',
    enabled: 'origin',
  },
  create: (trigger, schema) => {
    const tags =
      trigger.tags.length === 0 ? '' : `\n  WHEN TAG IN (${trigger.tags.map(quoteText).join(', ')})`
    const created = statement(
      trigger,
      `CREATE EVENT TRIGGER ${quoteName(trigger.name)} ON ${trigger.event}${tags}\n  EXECUTE FUNCTION ${qualifiedNameOf(trigger.function, schema)}()`,
    )
    return trigger.enabled === 'origin' ? [created] : [created, enable(trigger, trigger.enabled)]
  },
  drop: (trigger) => [statement(trigger, `DROP EVENT TRIGGER ${quoteName(trigger.name)}`)],
  catalog: {
    // No event trigger tells of another: all are read whatever is asked for.
    some: anyRows(
      'pg_event_trigger h join pg_proc f on f.oid = h.evtfoid',
      `f.pronamespace <> 'pg_catalog'::regnamespace`,
    ),
    query: `
      select 'e' || h.oid as id, h.evtname as name, h.evtevent as event, h.evtenabled::text as enabled, 'p' || f.oid as function,
             array(select tag from unnest(h.evttags) tag order by tag) as tags, obj_description(h.oid, 'pg_event_trigger') as comment
      from pg_event_trigger h join pg_proc f on f.oid = h.evtfoid join pg_namespace n on n.oid = f.pronamespace
      where ${ownSchemas} and n.nspname !~ '^_?relata' and ${notFromExtension('pg_event_trigger', 'h.oid')}
        and ${notFromExtension('pg_proc', 'f.oid')} and ($1::oid[] is null or $1 is not null)
      order by h.evtname`,
    read: (row) => {
      const event = row.text('event')
      return {
        id: row.text('id'),
        kind: 'event trigger',
        parent: null,
        name: row.text('name'),
        event: isEvent(event) ? event : 'ddl_command_end',
        tags: row.texts('tags'),
        function: row.text('function'),
        enabled: enabledWords[row.text('enabled')] ?? 'origin',
        comment: row.textOrNull('comment'),
      }
    },
  },
}

/** pg_event_trigger.evtenabled. */
const enabledWords: Readonly<Record<string, EventTrigger['enabled']>> = {
  O: 'origin',
  D: 'disabled',
  R: 'replica',
  A: 'always',
}

function enable(trigger: EventTrigger, enabled: EventTrigger['enabled']): Statement {
  const word = { origin: 'ENABLE', disabled: 'DISABLE', replica: 'ENABLE REPLICA', always: 'ENABLE ALWAYS' }[
    enabled
  ]
  return statement(trigger, `ALTER EVENT TRIGGER ${quoteName(trigger.name)} ${word}`)
}
