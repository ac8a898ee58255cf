import { fitName, maxNameBytes } from './name-length.ts'

/** Names that are in use somewhere. */
export type TakenNames = Pick<ReadonlySet<string>, 'has'>

/** `base`, or `base_2`, `base_3`, … : the first that is not taken; never over 63 bytes. */
export function uniqueName(base: string, taken: TakenNames): string {
  const first = fitName(base)
  if (!taken.has(first)) return first
  for (let count = 2; ; count += 1) {
    const suffix = `_${count}`
    const name = fitName(base, maxNameBytes - suffix.length) + suffix
    if (!taken.has(name)) return name
  }
}
