import { useEffect, useState } from 'react'
import { chooseWay, setBackfill } from '../../state/migration-settings.ts'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { FieldMessage, TextArea } from '../../ui/TextField.tsx'
import type { Decision } from './decisions.ts'
import styles from './migrations.module.css'

interface DecisionFieldsProps {
  readonly name: string
  readonly decision: Decision
}

const ways = [
  { value: 'safe', label: 'In stages' },
  { value: 'simple', label: 'At once' },
] as const

/** How one change is made while the database is in use, and what its rows get. */
export function DecisionFields({ name, decision }: DecisionFieldsProps) {
  const { change, way, backfill, complaint } = decision
  const { question } = change
  return (
    <div className={styles.decision}>
      {question && (
        <p className={styles.question}>
          {question.message} {question.hint}
        </p>
      )}
      {way !== null && (
        <SegmentedControl
          label={`How ${name} is changed`}
          value={way}
          segments={question?.asks === 'accept' ? withoutStages : ways}
          onChange={(chosen) => chooseWay(change.id, chosen)}
        />
      )}
      {backfill !== null && (
        <Backfill
          key={change.id}
          name={name}
          text={backfill}
          complaint={complaint && sentenceOf(complaint)}
          save={(text) => setBackfill(change.id, text)}
        />
      )}
      {backfill === null && complaint && <FieldMessage>{sentenceOf(complaint)}</FieldMessage>}
    </div>
  )
}

const withoutStages = ways.map((segment) => ({ ...segment, disabled: segment.value === 'safe' }))

function sentenceOf({ message, detail, hint }: NonNullable<Decision['complaint']>): string {
  return [message, detail, hint].filter((part) => part !== undefined).join('. ')
}

interface BackfillProps {
  readonly name: string
  readonly text: string
  readonly complaint: string | null
  readonly save: (text: string) => void
}

/** Written when it is left or entered, so that what is half typed is not planned. */
function Backfill({ name, text, complaint, save }: BackfillProps) {
  const [draft, setDraft] = useState(text)
  useEffect(() => setDraft(text), [text])
  return (
    <TextArea
      mono
      rows={1}
      className={styles.backfill}
      label={`Backfill of ${name}`}
      placeholder="Backfill expression"
      value={draft}
      onChange={setDraft}
      onBlur={() => save(draft)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter' && !event.shiftKey) {
          event.preventDefault()
          save(draft)
        }
        if (event.key === 'Escape') setDraft(text)
      }}
      error={complaint !== null && draft === text ? complaint : undefined}
    />
  )
}
