/** How JavaScript is set: what a formatter decides, and nothing that changes its meaning. */
export interface CodeStyle {
  /** What one level is indented by: spaces or a tab. */
  readonly indent: Indent
  readonly quotes: 'single' | 'double'
  readonly semicolons: boolean
  /** The name of what the data types are members of. */
  readonly library: 'Sequelize' | 'DataTypes'
}

export type Indent = '  ' | '    ' | '\t'

export const usualCode: CodeStyle = {
  indent: '  ',
  quotes: 'single',
  semicolons: true,
  library: 'Sequelize',
}

/** What stands before a line. `columns` are those of two spaces a level. */
export function padding(columns: number, { indent }: CodeStyle): string {
  return indent.repeat(columns / 2)
}

/** How wide that is; a tab is taken for two columns. */
export function paddingWidth(columns: number, { indent }: CodeStyle): number {
  return indent === '\t' ? columns : (columns / 2) * indent.length
}
