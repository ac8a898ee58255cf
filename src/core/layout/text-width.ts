/** Advance widths of IBM Plex Sans, code points 32 to 126, in hundredths of the font size. */
const regular = [
  24, 28, 42, 71, 60, 93, 69, 24, 33, 33, 45, 60, 27, 40, 27, 38, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 29,
  29, 60, 60, 60, 48, 89, 64, 65, 62, 67, 58, 56, 69, 71, 40, 51, 63, 50, 81, 71, 71, 61, 71, 64, 58, 57, 68,
  61, 89, 61, 59, 58, 32, 38, 32, 60, 56, 60, 53, 58, 50, 58, 55, 32, 53, 57, 25, 25, 53, 27, 87, 57, 56, 58,
  58, 37, 49, 35, 57, 49, 77, 51, 50, 46, 34, 31, 34, 60,
]
const bold = [
  24, 31, 47, 66, 60, 96, 71, 26, 34, 34, 56, 60, 30, 40, 30, 44, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 32,
  32, 60, 60, 60, 49, 90, 67, 66, 64, 69, 60, 58, 71, 72, 42, 54, 68, 52, 82, 72, 71, 64, 71, 66, 61, 58, 69,
  64, 95, 65, 63, 60, 33, 44, 33, 60, 56, 60, 56, 60, 51, 60, 56, 35, 54, 59, 27, 27, 56, 29, 89, 59, 56, 60,
  60, 39, 50, 37, 59, 52, 82, 54, 52, 50, 36, 38, 36, 60,
]
/** Letters outside ASCII: a full em covers East Asian scripts and emoji. */
const otherWidth = 100

/** Width of a text in the interface font, in px. */
export function textWidth(text: string, size: number, weight: 'regular' | 'bold' = 'regular'): number {
  const widths = weight === 'bold' ? bold : regular
  let sum = 0
  for (const letter of text) sum += widths[(letter.codePointAt(0) ?? 0) - 32] ?? otherWidth
  return (sum * size) / 100
}

/** Width of a text in the code font (JetBrains Mono: 0.6 em a letter), in px. */
export function monoWidth(text: string, size: number): number {
  return [...text].length * size * 0.6
}
