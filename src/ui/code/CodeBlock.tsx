import { classNames } from '../class-names.ts'
import styles from './code-block.module.css'
import { highlightJson, highlightSql, type Token } from './highlight.ts'

interface CodeBlockProps {
  readonly text: string
  readonly language?: 'sql' | 'json'
  /** Lines (from 0) shown as added. */
  readonly added?: readonly number[]
  readonly className?: string | undefined
}

/** A short piece of code in colour, without an editor. */
export function CodeBlock({ text, language = 'sql', added = [], className }: CodeBlockProps) {
  const lines = text.split('\n')
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it may scroll, and so must be reached by the keyboard
    <pre className={classNames(styles.block, className)} tabIndex={0}>
      {added.length === 0 ? (
        <CodeText text={text} language={language} />
      ) : (
        lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
          <span key={index}>
            {added.includes(index) ? <ins className={styles.added}>{line}</ins> : <CodeText text={line} />}
            {index < lines.length - 1 ? '\n' : null}
          </span>
        ))
      )}
    </pre>
  )
}

interface CodeTextProps {
  readonly text: string
  readonly language?: 'sql' | 'json'
}

/** Code in colour inside a line of text. */
export function CodeText({ text, language = 'sql' }: CodeTextProps) {
  const tokens: readonly Token[] = language === 'json' ? highlightJson(text) : highlightSql(text)
  return tokens.map((token, index) =>
    token.kind === 'plain' ? (
      token.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: tokens have no identity but their place
      <span key={index} className={styles[token.kind]}>
        {token.text}
      </span>
    ),
  )
}
