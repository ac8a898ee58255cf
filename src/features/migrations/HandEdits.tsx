import { copyText } from '../../state/files.ts'
import type { FileChange } from '../../state/following-files.ts'
import { CodeBlock } from '../../ui/code/CodeBlock.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './following.module.css'

interface HandEditsProps {
  readonly edits: FileChange['byHand']
  /** What the file would still say otherwise than the schema. */
  readonly left: readonly string[]
}

/** What is left to a person in a file, with the code to paste. */
export function HandEdits({ edits, left }: HandEditsProps) {
  return (
    <section className={styles.hand} aria-label="To change by hand">
      <h3>{edits.length > 0 ? 'Change by hand' : 'Left to do'}</h3>
      <ul>
        {edits.map(({ what, code }) => (
          <li key={what}>
            <p>
              {what}
              {code !== null && (
                <IconButton
                  icon="copy"
                  label="Copy code"
                  onClick={async () => {
                    if (await copyText(code)) toast('Code copied')
                  }}
                />
              )}
            </p>
            {code !== null && <CodeBlock text={code} language="json" />}
          </li>
        ))}
        {left.map((message) => (
          <li key={message}>
            <p>{message}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
