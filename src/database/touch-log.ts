import type { Engine } from './engine.ts'

const prefix = 'relata touched '

/**
 * Event triggers that say which objects every DDL command touched or dropped, cascades included. They speak by INFO
 * messages, which client_min_messages cannot silence, so nothing is written. Made in pg_catalog, where no catalogue
 * query looks for a person's objects.
 */
const triggers = [
  'SET allow_system_table_mods = on',
  `CREATE OR REPLACE FUNCTION pg_catalog.relata_note_touched() RETURNS event_trigger LANGUAGE plpgsql AS $$
  declare touched text;
  begin
    select string_agg(coalesce(objid, 0)::text, ',') into touched
    from pg_event_trigger_ddl_commands() where schema_name is distinct from 'pg_temp';
    if touched is not null then raise info '${prefix}%', touched; end if;
  end $$`,
  `CREATE OR REPLACE FUNCTION pg_catalog.relata_note_dropped() RETURNS event_trigger LANGUAGE plpgsql AS $$
  declare dropped text;
  begin
    select string_agg(objid::text, ',') into dropped
    from pg_event_trigger_dropped_objects() where not is_temporary;
    if dropped is not null then raise info '${prefix}%', dropped; end if;
  end $$`,
  'DROP EVENT TRIGGER IF EXISTS relata_touched',
  'DROP EVENT TRIGGER IF EXISTS relata_dropped',
  'CREATE EVENT TRIGGER relata_touched ON ddl_command_end EXECUTE FUNCTION pg_catalog.relata_note_touched()',
  'CREATE EVENT TRIGGER relata_dropped ON sql_drop EXECUTE FUNCTION pg_catalog.relata_note_dropped()',
  'RESET allow_system_table_mods',
]

/** Collects the oids of what DDL touches. */
export class TouchLog {
  readonly #oids = new Set<number>()
  #anything = false

  /** Installs the event triggers in a fresh database, or listens to those that are there. */
  static async install(engine: Engine): Promise<TouchLog> {
    for (const sql of triggers) await engine.run(sql)
    const log = new TouchLog()
    engine.onNotice(({ severity, message }) => {
      if (severity === 'INFO' && message.startsWith(prefix)) log.#note(message.slice(prefix.length))
    })
    return log
  }

  #note(oids: string): void {
    this.#anything = true
    for (const oid of oids.split(',')) this.#oids.add(Number(oid))
  }

  /** True when no DDL ran since the last `take`. */
  get isEmpty(): boolean {
    return this.#oids.size === 0
  }

  /** True when any DDL ran since the last call. */
  forget(): boolean {
    const anything = this.#anything
    this.#anything = false
    this.#oids.clear()
    return anything
  }

  /** The oids touched since the last call; commands without one (GRANT) leave no trace here. */
  take(): readonly number[] {
    const oids = [...this.#oids].filter((oid) => oid > 0)
    this.#oids.clear()
    return oids
  }
}

/** True for a notice that belongs to the log and not to a person. */
export function isTouchNotice(message: string): boolean {
  return message.startsWith(prefix)
}
