import { oidOfKey } from '../catalog/keys.ts'
import type { SourceStatement } from '../sql/split.ts'

/** Which statement of a source made what: by the oid of the object or of the table that it is in. */
export class SourceLines {
  readonly #first = new Map<number, SourceStatement>()
  readonly #all = new Map<number, SourceStatement[]>()

  /** `statement` touched these objects; the first to touch one made it. */
  note(statement: SourceStatement, oids: readonly number[]): void {
    for (const oid of oids) {
      if (!this.#first.has(oid)) this.#first.set(oid, statement)
      const all = this.#all.get(oid)
      if (all) all.push(statement)
      else this.#all.set(oid, [statement])
    }
  }

  /** The statement that made the object of a catalogue key, as far as it is known. */
  maker(key: string | null): SourceStatement | undefined {
    const oid = key === null ? undefined : oidIn(key)
    return oid === undefined ? undefined : this.#first.get(oid)
  }

  /** Every statement that touched the object, in order. */
  all(key: string): readonly SourceStatement[] {
    return this.#all.get(oidIn(key)) ?? []
  }

  /** The only statement that touched the object: its text says all there is to say. */
  only(key: string): SourceStatement | undefined {
    const all = this.#all.get(oidIn(key))
    return all?.length === 1 ? all[0] : undefined
  }
}

/** Keys of catalogues without a kind read `pg_policy:16400`. */
function oidIn(key: string): number {
  const colon = key.indexOf(':')
  return colon === -1 ? oidOfKey(key) : Number.parseInt(key.slice(colon + 1), 10)
}
