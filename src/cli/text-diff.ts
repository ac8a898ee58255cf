/** How many unchanged lines stand around those that change. */
const around = 2

/** The lines that change from one text to another, marked with `-` and `+`, with a few that stay around them. */
export function textDiff(before: string, after: string): readonly string[] {
  const lines = marked(before.split('\n'), after.split('\n'))
  const changed = lines.flatMap((line, at) => (line.startsWith(' ') ? [] : [at]))
  const isNear = (at: number) => changed.some((one) => Math.abs(one - at) <= around)
  return lines.flatMap((line, at) => {
    if (isNear(at)) return [line.trimEnd()]
    return isNear(at - 1) && at < lines.length - 1 ? ['…'] : []
  })
}

/** By the longest common subsequence of lines: files of models are short. */
function marked(before: readonly string[], after: readonly string[]): readonly string[] {
  const width = after.length + 1
  const lengths = new Uint32Array((before.length + 1) * width)
  const lengthAt = (row: number, column: number) => lengths[row * width + column] ?? 0
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        before[row] === after[column]
          ? lengthAt(row + 1, column + 1) + 1
          : Math.max(lengthAt(row + 1, column), lengthAt(row, column + 1))
    }
  }
  const lines: string[] = []
  let [row, column] = [0, 0]
  while (row < before.length || column < after.length) {
    const isSame = row < before.length && column < after.length && before[row] === after[column]
    const isGone = column === after.length || lengthAt(row + 1, column) >= lengthAt(row, column + 1)
    if (isSame) lines.push(` ${before[row]}`)
    else if (row < before.length && isGone) lines.push(`-${before[row]}`)
    else lines.push(`+${after[column]}`)
    const mark = lines.at(-1)?.charAt(0)
    if (mark !== '+') row += 1
    if (mark !== '-') column += 1
  }
  return lines
}
