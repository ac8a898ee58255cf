import { changeArea, changeNote } from '../../core/commands/diagram-items.ts'
import { removeObjects } from '../../core/commands/remove-objects.ts'
import type { DiagramItem } from '../../core/model/diagram.ts'
import { dispatch } from '../../state/document-store.ts'
import { select } from '../../state/session-store.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { FieldRow, TextArea, TextField } from '../../ui/TextField.tsx'
import { useFieldDraft } from './field-drafts.ts'
import styles from './inspector.module.css'

/** A note or area: drawn, never part of the schema. */
export function DiagramItemInspector({ item }: { readonly item: DiagramItem }) {
  const applied = item.kind === 'note' ? item.text : item.kind === 'area' ? item.title : ''
  const draft = useFieldDraft(`${item.id} text`, applied, (text) => {
    dispatch(item.kind === 'note' ? 'Change note' : 'Rename area', (document) =>
      item.kind === 'note'
        ? changeNote(document, item.id, { text })
        : changeArea(document, item.id, { title: text }),
    )
    return null
  })
  if (item.kind === 'placement') return null
  const noun = item.kind === 'note' ? 'Note' : 'Area'
  return (
    <div className={styles.inspector}>
      <header className={styles.header}>
        <div>
          <h2>{noun}</h2>
          <small>On the diagram only</small>
        </div>
        <IconButton
          icon="trash-2"
          label={`Delete ${noun.toLowerCase()}`}
          onClick={() => {
            dispatch(`Delete ${noun.toLowerCase()}`, (document) => removeObjects(document, [item.id]))
            select([])
          }}
        />
      </header>
      <section className={styles.section} aria-label="Fields">
        {item.kind === 'note' ? (
          <FieldRow label="Text" htmlFor={`text-${item.id}`}>
            <TextArea
              id={`text-${item.id}`}
              rows={5}
              value={draft.text}
              onChange={draft.change}
              onBlur={() => draft.commit()}
            />
          </FieldRow>
        ) : (
          <FieldRow label="Title" htmlFor={`text-${item.id}`}>
            <TextField
              id={`text-${item.id}`}
              value={draft.text}
              onChange={draft.change}
              onBlur={() => draft.commit()}
              onKeyDown={(event) => event.key === 'Enter' && draft.commit()}
            />
          </FieldRow>
        )}
      </section>
    </div>
  )
}
