import type { CSSProperties } from 'react'

const start: CSSProperties = { overflow: 'hidden', minWidth: 0, textOverflow: 'ellipsis', whiteSpace: 'pre' }
const end: CSSProperties = { flex: 'none', whiteSpace: 'pre' }
/** Characters at the end that always stay. */
const kept = 11

/** A name that loses its middle where it is too long: `idx_opport…_close_date`. */
export function MiddleEllipsis({ text }: { readonly text: string }) {
  const characters = [...text]
  if (characters.length < kept * 2) return <span style={{ ...start, flex: 1 }}>{text}</span>
  return (
    <span style={{ display: 'flex', flex: 1, minWidth: 0 }} title={text}>
      <span style={start}>{characters.slice(0, -kept).join('')}</span>
      <span style={end}>{characters.slice(-kept).join('')}</span>
    </span>
  )
}
