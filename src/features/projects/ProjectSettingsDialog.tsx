import { useId } from 'react'
import { formatNames, modeNames, targetNames } from '../../core/project/setting-names.ts'
import { chooseFormat, chooseMode, chooseTarget } from '../../state/migration-settings.ts'
import { openDialog } from '../../state/session-store.ts'
import { useProject } from '../../state/use-stores.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Select } from '../../ui/Select.tsx'
import { FieldRow } from '../../ui/TextField.tsx'
import styles from './projects.module.css'

/** What is saved with the project of how its migrations are planned and written. Every choice holds at once. */
export function ProjectSettingsDialog() {
  const { mode, target, format } = useProject((state) => state.migration)
  const [targetId, formatId] = [useId(), useId()]
  const close = () => openDialog(null)
  return (
    <Dialog
      open
      onClose={close}
      title="Project settings"
      width={440}
      footer={
        <Button look="primary" onClick={close}>
          Close settings
        </Button>
      }
    >
      <FieldRow label="Migrations">
        <SegmentedControl label="How it is planned" value={mode} segments={modeNames} onChange={chooseMode} />
        <small className={styles.means}>{modeNames.find(({ value }) => value === mode)?.means}</small>
      </FieldRow>
      <FieldRow label="Runs on" htmlFor={targetId}>
        <Select
          id={targetId}
          label="Oldest PostgreSQL it must run on"
          value={`${target}`}
          options={targetNames}
          onChange={chooseTarget}
        />
        <small className={styles.means}>
          Plans use only what this version has, and say where they go another way.
        </small>
      </FieldRow>
      <FieldRow label="Files" htmlFor={formatId}>
        <Select
          id={formatId}
          label="Write files for"
          value={format}
          options={formatNames}
          onChange={chooseFormat}
        />
      </FieldRow>
    </Dialog>
  )
}
