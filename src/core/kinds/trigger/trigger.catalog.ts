import { notFromExtension, ownSchemas } from '../../catalog/keys.ts'
import { columnKey, hasParts, inScope } from '../../catalog/plain-table.ts'
import { someParts } from '../../catalog/some-rows.ts'
import type { CatalogReader } from '../kind.ts'
import { type Trigger, type TriggerEvent, triggerEvents } from './trigger.kind.ts'

/** Bits of tgtype (pg_trigger.h). */
const rowBit = 1
const beforeBit = 2
const insteadBit = 64
const eventBits: Readonly<Record<TriggerEvent, number>> = { insert: 4, delete: 8, update: 16, truncate: 32 }

const enabledStates: Readonly<Record<string, Trigger['enabled']>> = {
  O: 'origin',
  D: 'disabled',
  R: 'replica',
  A: 'always',
}

/**
 * pg_get_expr cannot print a condition over OLD and NEW together, so it is cut out of pg_get_triggerdef: what stands
 * between WHEN ( and the call at the end, whose length is known. A name before it may contain the same words, so the
 * cut begins at the last clause that can come before: FOR EACH ROW | STATEMENT after the last transition table.
 */
const whenColumn = `
  case when t.tgqual is not null then (
    select substr(head, strpos(head, ' FOR EACH ' || each || ' WHEN (') + length(' FOR EACH ' || each || ' WHEN ('))
    from (select case when t.tgtype & 1 = 1 then 'ROW' else 'STATEMENT' end as each,
                 regexp_replace(pg_get_triggerdef(t.oid), '\\) EXECUTE FUNCTION (("([^"]|"")*"|[^"(])+)\\(((''([^'']|'''')*''|E''([^'']|'''')*''|, )*)\\)$', '') as head) d)
  end`

export const triggerCatalog: CatalogReader<Trigger> = {
  some: someParts('pg_trigger', 'tgrelid', 'not tgisinternal'),
  query: `
    select 'g' || t.oid as id, 'c' || t.tgrelid as parent, t.tgname as name, t.tgtype::int as type,
           array(select ${columnKey('c', 'u.attnum')}
                 from unnest(t.tgattr::int2[]) with ordinality u (attnum, place) order by u.place) as update_of,
           ${whenColumn} as condition,
           case when fn.nspname is not null and l.lanname <> 'c' then 'p' || f.oid end as function,
           case when pn.nspname in ('pg_catalog', 'public') then '' else quote_ident(pn.nspname) || '.' end
             || quote_ident(f.proname) as function_name,
           t.tgnargs::int as argument_count, encode(t.tgargs, 'hex') as arguments,
           case when t.tgconstraint = 0 then null when t.tginitdeferred then 'initially deferred'
                when t.tgdeferrable then 'deferrable' else 'not deferrable' end as "constraint",
           t.tgoldtable as old_table, t.tgnewtable as new_table, t.tgenabled::text as enabled,
           obj_description(t.oid, 'pg_trigger') as comment
    from pg_trigger t
      join pg_class c on c.oid = t.tgrelid
      join pg_namespace n on n.oid = c.relnamespace
      join pg_proc f on f.oid = t.tgfoid
      join pg_language l on l.oid = f.prolang
      join pg_namespace pn on pn.oid = f.pronamespace
      left join pg_namespace fn on fn.oid = f.pronamespace and fn.nspname !~ '^pg_' and fn.nspname <> 'information_schema'
        and ${notFromExtension('pg_proc', 'f.oid')}
    where not t.tgisinternal and t.tgparentid = 0 and t.tgconstrrelid = 0
      and (c.relkind = 'v' or ${hasParts('c')}) and ${ownSchemas}
      and ${notFromExtension('pg_class', 'c.oid')} and ${notFromExtension('pg_trigger', 't.oid')}
      and ${inScope('t.tgrelid')}
    order by n.nspname, c.relname, t.tgname`,
  read: (row) => {
    const type = row.number('type')
    const called = row.textOrNull('function')
    return {
      id: row.text('id'),
      kind: 'trigger',
      parent: row.text('parent'),
      name: row.text('name'),
      timing: type & insteadBit ? 'instead of' : type & beforeBit ? 'before' : 'after',
      events: triggerEvents.filter((event) => type & eventBits[event]),
      updateOf: row.texts('update_of'),
      level: type & rowBit ? 'row' : 'statement',
      when: row.textOrNull('condition'),
      function: called,
      functionName: called === null ? row.text('function_name') : '',
      arguments: readArguments(row.text('arguments'), row.number('argument_count')),
      constraint: readConstraint(row.textOrNull('constraint')),
      oldTable: row.textOrNull('old_table'),
      newTable: row.textOrNull('new_table'),
      enabled: enabledStates[row.text('enabled')] ?? 'origin',
      comment: row.textOrNull('comment'),
    }
  },
}

function readConstraint(text: string | null): Trigger['constraint'] {
  return text === 'not deferrable' || text === 'deferrable' || text === 'initially deferred' ? text : null
}

/** tgargs is a bytea of UTF-8 texts, each ended by a zero byte. */
function readArguments(hex: string, count: number): readonly string[] {
  const bytes = hex.match(/../g) ?? []
  const texts: string[] = []
  let text = ''
  for (const byte of bytes) {
    if (byte === '00') {
      texts.push(decodeURIComponent(text))
      text = ''
    } else text += `%${byte}`
  }
  return texts.slice(0, count)
}
