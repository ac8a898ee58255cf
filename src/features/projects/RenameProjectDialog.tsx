import { useState } from 'react'
import { renameProject } from '../../state/projects.ts'
import { openDialog } from '../../state/session-store.ts'
import { useProject } from '../../state/use-stores.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/TextField.tsx'

export function RenameProjectDialog() {
  const current = useProject((state) => state.name)
  const [name, setName] = useState(current)
  const close = () => openDialog(null)
  const empty = name.trim() === ''
  const rename = () => {
    if (empty) return
    renameProject(name)
    close()
  }
  return (
    <Dialog
      open
      onClose={close}
      title="Rename project"
      width={400}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button look="primary" disabled={empty} onClick={rename}>
            Rename project
          </Button>
        </>
      }
    >
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        error={empty ? 'A project needs a name.' : undefined}
        onFocus={(event) => event.target.select()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') rename()
        }}
      />
    </Dialog>
  )
}
