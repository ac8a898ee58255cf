import { useState } from 'react'
import type { ImportSource } from '../../core/import/source-format.ts'
import { chooseFile, readDroppedFile } from '../../state/files.ts'
import { Button } from '../../ui/Button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { FieldMessage, TextArea } from '../../ui/TextField.tsx'
import { DatabaseSteps } from './DatabaseSteps.tsx'
import styles from './import.module.css'

/** A text of this size in characters is not put into the text area: it would only make the page slow. */
const shownLength = 200_000

const fileTypes = '.sql,.txt,.dump,.json,.dbml,.prisma,text/plain,application/sql,application/json'

interface SourceFieldProps {
  readonly source: ImportSource
  readonly onChange: (source: ImportSource) => void
  readonly failure: string | null
}

/** Where the text comes from: a file or the clipboard, or what a database in use answers to one query. */
export function SourceField({ source, onChange, failure }: SourceFieldProps) {
  const [from, setFrom] = useState<'text' | 'database'>('text')
  const [isOver, setOver] = useState(false)
  const isLarge = source.text.length > shownLength
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping has the button "Choose a file" beside it
    <div
      className={classNames(styles.source, isOver && styles.over)}
      onDragOver={(event) => {
        event.preventDefault()
        event.stopPropagation()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        event.stopPropagation()
        setOver(false)
        const file = event.dataTransfer.files[0]
        if (file) void readDroppedFile(file).then(onChange)
      }}
    >
      <div className={styles.row}>
        <SegmentedControl
          label="From"
          value={from}
          segments={[
            { value: 'text', label: 'File or text' },
            { value: 'database', label: 'Database in use' },
          ]}
          onChange={setFrom}
        />
      </div>
      {from === 'database' ? (
        <DatabaseSteps />
      ) : (
        <p className={styles.hint}>
          CREATE statements, a pg_dump file, DBML or a Prisma schema. PostgreSQL in this page runs it in a
          scratch database; nothing leaves this computer.
        </p>
      )}
      {isLarge ? (
        <div className={styles.large}>
          {source.name || 'Text'}, {(source.text.length / 1_048_576).toFixed(1)} MB
          <Button look="link" onClick={() => onChange({ name: '', text: '' })}>
            Clear
          </Button>
        </div>
      ) : (
        <TextArea
          label={from === 'database' ? 'Answer of the database' : 'SQL to import'}
          mono
          rows={from === 'database' ? 9 : 16}
          placeholder={
            from === 'database'
              ? 'Paste what it answers, or drop the file'
              : 'Paste SQL, DBML or a Prisma schema, or drop a file'
          }
          value={source.text}
          onChange={(text) => onChange({ name: source.name, text })}
        />
      )}
      <div className={styles.row}>
        <Button
          icon="folder-open"
          onClick={async () => {
            const file = await chooseFile(fileTypes)
            if (file) onChange(file)
          }}
        >
          Choose a file
        </Button>
        {source.name !== '' && !isLarge && <small>{source.name}</small>}
      </div>
      {failure !== null && <FieldMessage>The import broke off: {failure}</FieldMessage>}
    </div>
  )
}
