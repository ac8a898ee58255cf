import type { ReactNode } from 'react'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Select } from '../../../ui/Select.tsx'
import styles from '../inspector.module.css'

interface ChosenListProps {
  readonly chosen: readonly string[]
  readonly nameOf: (id: string) => string
  readonly noteOf?: (id: string) => ReactNode
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly label: string
  readonly placeholder: string
  readonly set: (chosen: readonly string[]) => unknown
}

/** An ordered choice: move up, remove, add. */
export function ChosenList({ chosen, nameOf, noteOf, options, label, placeholder, set }: ChosenListProps) {
  return (
    <div className={styles.stack}>
      {chosen.map((id, index) => {
        const name = nameOf(id)
        const note = noteOf?.(id)
        return (
          <div key={id} className={styles.chosen}>
            <span>{name}</span>
            {note && <small>{note}</small>}
            <IconButton
              size="small"
              icon="arrow-up"
              label={`Move ${name} up`}
              disabled={index === 0}
              onClick={() => set(chosen.toSpliced(index, 1).toSpliced(index - 1, 0, id))}
            />
            <IconButton
              size="small"
              icon="x"
              label={`Remove ${name}`}
              onClick={() => set(chosen.toSpliced(index, 1))}
            />
          </div>
        )
      })}
      {options.length > 0 && (
        <Select
          label={label}
          mono
          value={null}
          placeholder={placeholder}
          options={options}
          onChange={(id) => set([...chosen, id])}
        />
      )}
    </div>
  )
}
