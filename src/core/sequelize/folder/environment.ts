/** Settings of `process.env`, and what is none. */
export interface Environment {
  readonly values: Readonly<Record<string, string>>
  /** Settings that are not `NAME=value`, as they were written. */
  readonly refused: readonly string[]
}

/** From settings as a shell or an .env file writes them, `NAME=value`; empty ones are passed over. */
export function environmentOf(settings: readonly string[]): Environment {
  const refused: string[] = []
  const values = settings.flatMap((setting): readonly (readonly [string, string])[] => {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(setting) ?? []
    if (name !== undefined && value !== undefined) return [[name, value]]
    if (setting.trim() !== '') refused.push(setting)
    return []
  })
  return { values: Object.fromEntries(values), refused }
}
