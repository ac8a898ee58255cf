import fc from 'fast-check'
import { aggregateKind } from '../core/kinds/aggregate/aggregate.kind.ts'
import { collationKind } from '../core/kinds/collation/collation.kind.ts'
import { eventTriggerKind } from '../core/kinds/event-trigger/event-trigger.kind.ts'
import { functionKind } from '../core/kinds/function/function.kind.ts'
import type { AnyObject } from '../core/kinds/registry.ts'
import { textSearchConfigurationKind } from '../core/kinds/text-search-configuration/text-search-configuration.kind.ts'
import { textSearchDictionaryKind } from '../core/kinds/text-search-dictionary/text-search-dictionary.kind.ts'
import { quoteName } from '../core/sql/quote.ts'

interface Named {
  readonly name: string
  readonly schema: number
  readonly comment: string | null
}

/** What tables do not hold but may use in a random schema; absent ones are null. */
export interface ProgramsSpec {
  readonly aggregate: (Named & { readonly initial: number; readonly safe: boolean }) | null
  readonly eventTrigger: (Named & { readonly tagged: boolean; readonly disabled: boolean }) | null
  readonly collation: Named | null
  readonly dictionary: (Named & { readonly accept: boolean }) | null
  readonly configuration: (Named & { readonly tokens: readonly string[] }) | null
}

export function programsSpec(
  name: fc.Arbitrary<string>,
  comment: fc.Arbitrary<string | null>,
): fc.Arbitrary<ProgramsSpec> {
  const named = { name, schema: fc.nat(1), comment }
  return fc.record({
    aggregate: fc.option(fc.record({ ...named, initial: fc.nat(2), safe: fc.boolean() }), { freq: 1 }),
    eventTrigger: fc.option(fc.record({ ...named, tagged: fc.boolean(), disabled: fc.boolean() }), {
      freq: 1,
    }),
    collation: fc.option(fc.record(named), { freq: 1 }),
    dictionary: fc.option(fc.record({ ...named, accept: fc.boolean() }), { freq: 1 }),
    configuration: fc.option(
      fc.record({ ...named, tokens: fc.subarray(['asciiword', 'int', 'url', 'word']) }),
      { freq: 1 },
    ),
  })
}

/** The objects of the spec. `free` makes a name unique in a place; `namespace` gives the id and SQL prefix of a schema. */
export function programObjects(
  spec: ProgramsSpec,
  free: (place: string, wanted: string) => string,
  namespace: (index: number) => { readonly id: string; readonly prefix: string },
): readonly AnyObject[] {
  const made: AnyObject[] = []
  const base = (named: Named, kinds: string) => {
    const parent = namespace(named.schema).id
    return { parent, name: free(`${parent} ${kinds}`, named.name), comment: named.comment }
  }
  const { aggregate, eventTrigger, collation, dictionary, configuration } = spec
  if (collation) made.push({ ...collationKind.sample, ...base(collation, 'collations') })
  if (aggregate) {
    made.push({
      ...aggregateKind.sample,
      ...base(aggregate, 'aggregates'),
      arguments: 'integer, text, date',
      transition: 'aggregate_step',
      stateType: 'integer',
      options: [`INITCOND = '${aggregate.initial}'`, ...(aggregate.safe ? ['PARALLEL = SAFE'] : [])],
    })
    made.push({
      ...functionKind.sample,
      id: 'step function',
      parent: 'public',
      name: 'aggregate_step',
      arguments: 'integer, integer, text, date',
      returns: 'integer',
      language: 'sql',
      body: 'SELECT $1 + $2',
      volatility: aggregate.safe ? 'immutable' : 'stable',
    })
  }
  if (eventTrigger) {
    made.push({
      ...functionKind.sample,
      id: 'event function',
      parent: 'public',
      name: 'on_event',
      arguments: '',
      returns: 'event_trigger',
      body: 'BEGIN END',
    })
    made.push({
      ...eventTriggerKind.sample,
      name: free('event triggers', eventTrigger.name),
      comment: eventTrigger.comment,
      tags: eventTrigger.tagged ? ['CREATE TABLE'] : [],
      function: 'event function',
      enabled: eventTrigger.disabled ? 'disabled' : 'origin',
    })
  }
  let words = 'simple'
  if (dictionary) {
    const own = base(dictionary, 'dictionaries')
    words = `${namespace(dictionary.schema).prefix}${quoteName(own.name)}`
    made.push({
      ...textSearchDictionaryKind.sample,
      ...own,
      options: dictionary.accept ? ["accept = 'false'"] : [],
    })
  }
  if (configuration) {
    made.push({
      ...textSearchConfigurationKind.sample,
      ...base(configuration, 'configurations'),
      mappings: configuration.tokens.map((token) => `${token} WITH ${words}`),
    })
  }
  return made
}
