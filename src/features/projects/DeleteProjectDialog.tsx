import { deleteProject, saveProjectFile } from '../../state/projects.ts'
import { openDialog } from '../../state/session-store.ts'
import { useProject } from '../../state/use-stores.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { toast } from '../../ui/toast.ts'

/** Asks first: nothing brings a deleted project back. */
export function DeleteProjectDialog() {
  const id = useProject((state) => state.id)
  const name = useProject((state) => state.name)
  const close = () => openDialog(null)
  const remove = async () => {
    close()
    if (id === null) return
    const failure = await deleteProject(id)
    if (failure !== null) toast('The project was not deleted', { description: failure, error: true })
  }
  return (
    <Dialog
      open
      onClose={close}
      title="Delete project"
      width={420}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button icon="save" onClick={saveProjectFile}>
            Save as file
          </Button>
          <Button look="danger" onClick={() => void remove()}>
            Delete project
          </Button>
        </>
      }
    >
      <p>
        <strong>{name}</strong> is stored only in this browser. Deleting it cannot be undone.
      </p>
    </Dialog>
  )
}
