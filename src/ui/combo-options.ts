interface Option {
  readonly value: string
}

/** The options that match, best first: equal, beginning with, then containing the text; otherwise in their order. */
export function rankOptions<O extends Option>(options: readonly O[], text: string): readonly O[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return options
  const rank = (option: O) => {
    const value = option.value.toLowerCase()
    if (value === wanted) return 0
    if (value.startsWith(wanted)) return 1
    return value.includes(wanted) ? 2 : 3
  }
  return options
    .map((option) => [rank(option), option] as const)
    .filter(([rating]) => rating < 3)
    .toSorted(([a], [b]) => a - b)
    .map(([, option]) => option)
}
