import type { Schema } from '../../model/schema.ts'
import { namesOf, qualifiedNameOf } from '../../sql/names.ts'
import { quoteName, quoteText } from '../../sql/quote.ts'
import { type Statement, statement } from '../../sql/statement.ts'
import { deferralClause } from '../constraint.ts'
import type { Trigger } from './trigger.kind.ts'

export function createTrigger(trigger: Trigger, schema: Schema): readonly Statement[] {
  const created = statement(trigger, createTriggerSql(trigger, schema))
  return trigger.enabled === 'origin' ? [created] : [created, enableTrigger(trigger, trigger.enabled, schema)]
}

function createTriggerSql(trigger: Trigger, schema: Schema): string {
  const events = trigger.events.map((event) =>
    event === 'update' && trigger.updateOf.length > 0
      ? `UPDATE OF ${namesOf(trigger.updateOf, schema).join(', ')}`
      : event.toUpperCase(),
  )
  const create = trigger.constraint === null ? 'CREATE TRIGGER' : 'CREATE CONSTRAINT TRIGGER'
  const lines = [
    `${create} ${quoteName(trigger.name)}`,
    `${trigger.timing.toUpperCase()} ${events.join(' OR ')} ON ${qualifiedNameOf(trigger.parent, schema)}`,
  ]
  if (trigger.constraint !== null && trigger.constraint !== 'not deferrable') {
    lines.push(deferralClause(trigger.constraint).trim())
  }
  const tables = [
    trigger.oldTable === null ? '' : ` OLD TABLE AS ${quoteName(trigger.oldTable)}`,
    trigger.newTable === null ? '' : ` NEW TABLE AS ${quoteName(trigger.newTable)}`,
  ].join('')
  if (tables !== '') lines.push(`REFERENCING${tables}`)
  lines.push(`FOR EACH ${trigger.level.toUpperCase()}`)
  if (trigger.when !== null) lines.push(`WHEN (${trigger.when})`)
  const called = trigger.function === null ? trigger.functionName : qualifiedNameOf(trigger.function, schema)
  lines.push(`EXECUTE FUNCTION ${called}(${trigger.arguments.map(quoteText).join(', ')})`)
  return lines.join('\n  ')
}

export function enableTrigger(trigger: Trigger, enabled: Trigger['enabled'], schema: Schema): Statement {
  const word = { origin: 'ENABLE', disabled: 'DISABLE', replica: 'ENABLE REPLICA', always: 'ENABLE ALWAYS' }[
    enabled
  ]
  const table = qualifiedNameOf(trigger.parent, schema)
  return statement(trigger, `ALTER TABLE ${table} ${word} TRIGGER ${quoteName(trigger.name)}`)
}
