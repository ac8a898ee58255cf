import { type ReactNode, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { cancelRebase, rebaseStore } from '../../state/folder-rebase.ts'
import { checkFolder, watchFolder } from '../../state/linked-folder.ts'
import { linkedFolderStore } from '../../state/linked-folder-store.ts'
import { useProject } from '../../state/use-stores.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import styles from './banner.module.css'
import { changesSentence } from './disk-words.ts'
import { RebaseDialog } from './RebaseDialog.tsx'
import { readAndTell } from './tell-rebase.ts'

/** Says when the folder that the project came from has changed on disk, and takes the changes in. */
export function FolderBanner() {
  const project = useProject((state) => state.id)
  const isReadOnly = useProject((state) => state.saving === 'read-only')
  const linked = useStore(linkedFolderStore)
  const [dismissed, dismiss] = useState<string | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another project has another folder
  useEffect(watchFolder, [project])
  const rebase = useStore(rebaseStore)
  const name = linked.kept?.handle.name ?? ''
  if (linked.project !== project || !linked.kept || isReadOnly) return null
  switch (rebase.phase) {
    case 'choosing':
      return rebase.result.conflicts.length === 0 ? null : <RebaseDialog {...rebase} folder={name} />
    case 'running': {
      const { phase, done, total } = rebase.progress
      return (
        <Banner icon="folder-open">
          <span role="status">
            Reading {name} again: {phase.toLowerCase()}
            {total > 0 ? ` ${done} of ${total}` : ''}
          </span>
          <Button size="small" onClick={cancelRebase}>
            Cancel
          </Button>
        </Banner>
      )
    }
    case 'failed': {
      const { failure, path } = rebase
      return (
        <Banner icon="triangle-alert" warning onClose={cancelRebase}>
          <span role="alert">{failure} What is drawn stays as it was.</span>
          <Button size="small" onClick={() => void readAndTell()}>
            Read again
          </Button>
          {path !== null && (
            <Button size="small" onClick={() => void readAndTell(path)}>
              Go on after it
            </Button>
          )}
        </Banner>
      )
    }
    case 'idle':
  }
  const news = JSON.stringify([linked.project, linked.state, linked.changes])
  if (linked.state === 'same' || dismissed === news) return null
  const close = () => dismiss(news)
  switch (linked.state) {
    case 'changed':
      return (
        <Banner icon="folder-open" onClose={close}>
          <span role="status">{changesSentence(name, linked.changes)}</span>
          <Button size="small" onClick={() => void readAndTell()}>
            Take them in
          </Button>
        </Banner>
      )
    case 'asks':
      return (
        <Banner icon="folder-open" onClose={close}>
          <span>This schema came from the folder {name}.</span>
          <Button size="small" onClick={() => void checkFolder(true)}>
            Look for changes
          </Button>
        </Banner>
      )
    case 'unreadable':
      return (
        <Banner icon="triangle-alert" warning onClose={close}>
          <span role="status">
            The folder {name} could not be read: {linked.failure}
          </span>
          <Button size="small" onClick={() => void checkFolder(true)}>
            Try again
          </Button>
        </Banner>
      )
  }
}

interface BannerProps {
  readonly icon: string
  readonly warning?: boolean
  readonly onClose?: () => void
  readonly children: ReactNode
}

function Banner({ icon, warning = false, onClose, children }: BannerProps) {
  return (
    <section className={warning ? styles.warning : styles.banner} aria-label="Folder on disk">
      <Icon name={icon} size={13} />
      {children}
      {onClose && <IconButton icon="x" label="Dismiss" onClick={onClose} />}
    </section>
  )
}
