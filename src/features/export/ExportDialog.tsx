import { useEffect, useState } from 'react'
import type { Exported } from '../../core/export/exported.ts'
import { fileNameOf } from '../../core/export/file-name.ts'
import { type ExportFormat, exportFormat, exportFormats } from '../../core/export/formats.ts'
import { documentStore } from '../../state/document-store.ts'
import { writeExport } from '../../state/export-document.ts'
import { copyText, download } from '../../state/files.ts'
import { projectStore } from '../../state/project-store.ts'
import { openDialog, openExport } from '../../state/session-store.ts'
import { useSession } from '../../state/use-stores.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Spinner } from '../../ui/Progress.tsx'
import { Select } from '../../ui/Select.tsx'
import { FieldMessage } from '../../ui/TextField.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './export.module.css'
import { LossList } from './LossList.tsx'

/** Longer texts are cut in the preview, not in the file. */
const shownLength = 40_000

type State = { readonly of: ExportFormat; readonly written: Exported | { readonly failure: string } }

/** The schema in another format: a preview, and object by object what that format cannot hold. */
export function ExportDialog() {
  const chosen = useSession((state) => state.exportFormat)
  const format = exportFormat(chosen) ?? exportFormats[0]
  const [state, setState] = useState<State | null>(null)
  useEffect(() => {
    if (!format) return
    let isCurrent = true
    void writeExport(format, documentStore.getState().document).then((written) => {
      if (isCurrent) setState({ of: format, written })
    })
    return () => {
      isCurrent = false
    }
  }, [format])
  if (!format) return null
  const written = state?.of === format ? state.written : null
  const exported = written && 'text' in written ? written : null
  const close = () => openDialog(null)
  return (
    <Dialog
      open
      title="Export in another format"
      width={760}
      onClose={close}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            icon="copy"
            disabled={!exported?.text}
            onClick={async () => {
              if (exported && (await copyText(exported.text))) toast(`${format.label} copied`)
            }}
          >
            Copy
          </Button>
          <Button
            look="primary"
            icon="download"
            disabled={!exported?.text}
            onClick={() => {
              if (!exported) return
              const name = fileNameOf(projectStore.getState().name, format.extension)
              download(name, exported.text, format.mediaType)
              close()
            }}
          >
            Download {`.${format.extension}`}
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        <div className={styles.choice}>
          <Select
            label="Format"
            value={format.id}
            options={exportFormats.map(({ id, label }) => ({ value: id, label }))}
            onChange={openExport}
          />
          <p className={styles.hint}>{format.text}</p>
        </div>
        {!written && (
          <EmptyState>
            <Spinner />
          </EmptyState>
        )}
        {written && 'failure' in written && (
          <FieldMessage>The schema was not written: {written.failure}</FieldMessage>
        )}
        {exported && <Preview format={format} text={exported.text} />}
        {exported?.text && <LossList losses={exported.losses} />}
      </div>
    </Dialog>
  )
}

function Preview({ format, text }: { readonly format: ExportFormat; readonly text: string }) {
  if (text === '') return <EmptyState>Nothing to write: there are no rows in the tables.</EmptyState>
  if (format.id === 'svg') {
    const address = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`
    return <img className={styles.picture} src={address} alt="The diagram" />
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and so must be reached by the keyboard
    <section className={styles.preview} tabIndex={0} aria-label="Preview">
      <pre>{text.length > shownLength ? `${text.slice(0, shownLength)}\n…` : text}</pre>
    </section>
  )
}
