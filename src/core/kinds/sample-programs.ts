import type { ObjectBase } from '../model/object.ts'
import { type Aggregate, aggregateKind } from './aggregate/aggregate.kind.ts'
import { type Collation, collationKind } from './collation/collation.kind.ts'
import { type EventTrigger, eventTriggerKind } from './event-trigger/event-trigger.kind.ts'
import { type FunctionObject, functionKind } from './function/function.kind.ts'
import {
  type TextSearchConfiguration,
  textSearchConfigurationKind,
} from './text-search-configuration/text-search-configuration.kind.ts'
import {
  type TextSearchDictionary,
  textSearchDictionaryKind,
} from './text-search-dictionary/text-search-dictionary.kind.ts'

/** The function of the sample event trigger. */
const noting: FunctionObject = {
  ...functionKind.sample,
  id: 'noting function',
  name: 'noting',
  arguments: '',
  returns: 'event_trigger',
  body: 'BEGIN END',
}

/** The rarer forms of aggregates, event triggers, collations and text search. */
export function programVariants(): readonly ObjectBase[] {
  const percentile: Aggregate = {
    ...aggregateKind.sample,
    id: 'ordered aggregate',
    name: 'Middle "x" 🐘',
    arguments: 'double precision ORDER BY anyelement',
    transition: 'ordered_set_transition',
    stateType: 'internal',
    options: ['FINALFUNC = percentile_disc_final', 'FINALFUNC_EXTRA'],
    comment: 'Middle',
  }
  const counting: Aggregate = {
    ...aggregateKind.sample,
    id: 'counting aggregate',
    name: 'count_all',
    arguments: '',
    transition: 'int8inc',
    stateType: 'bigint',
    options: ["INITCOND = '0'", 'PARALLEL = SAFE'],
  }
  const dropped: EventTrigger = {
    ...eventTriggerKind.sample,
    id: 'drop trigger',
    name: 'Dropped "x" 🐘',
    event: 'sql_drop',
    tags: [],
    enabled: 'disabled',
    comment: 'Dropped',
  }
  const german: Collation = {
    ...collationKind.sample,
    id: 'german collation',
    name: 'German "x" 🐘',
    provider: 'icu',
    locale: 'de',
    lcCollate: null,
    lcCtype: null,
    deterministic: false,
    comment: 'German',
  }
  const english: TextSearchDictionary = {
    ...textSearchDictionaryKind.sample,
    id: 'english dictionary',
    name: 'English "x" 🐘',
    template: 'snowball',
    options: ["language = 'english'", "stopwords = 'english'"],
    comment: 'English',
  }
  const mixed: TextSearchConfiguration = {
    ...textSearchConfigurationKind.sample,
    id: 'mixed configuration',
    name: 'Mixed "x" 🐘',
    mappings: ['asciiword WITH app."English ""x"" 🐘", simple', 'word WITH simple'],
    comment: 'Mixed',
  }
  return [noting, percentile, counting, dropped, german, english, mixed]
}
