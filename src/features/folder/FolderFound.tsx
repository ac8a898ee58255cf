import { environmentOf } from '../../core/sequelize/folder/environment.ts'
import type { Service } from '../../core/sequelize/folder/find-services.ts'
import { longestSeconds, placedServices, timeLimitOf } from '../../state/folder-choices.ts'
import { chooseBase, decideFolder, type FolderChoices, type OpenedFolder } from '../../state/folder-store.ts'
import { Button } from '../../ui/Button.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { FieldMessage, TextArea, TextField } from '../../ui/TextField.tsx'
import styles from './folder.module.css'
import { runsSentence } from './found-words.ts'
import { ServiceList } from './ServiceList.tsx'

interface FolderFoundProps {
  readonly folder: OpenedFolder
  readonly found: readonly Service[]
  readonly choices: FolderChoices
}

/** What was found before anything runs, to be changed. */
export function FolderFound({ folder, found, choices }: FolderFoundProps) {
  const { seconds = '', databases = 'one' } = choices
  const severalRun = choices.services.length > 1
  const { refused } = environmentOf(choices.environment.split('\n'))
  return (
    <div className={styles.stack}>
      <p className={styles.hint}>
        {folder.files.size === 1 ? '1 file' : `${folder.files.size.toLocaleString('en')} files`} of{' '}
        {folder.name}. {runsSentence(choices)}
      </p>
      {folder.tooLarge.length > 0 && (
        <p className={styles.notice}>Not read, because they are so large: {folder.tooLarge.join(', ')}.</p>
      )}
      {severalRun && (
        <SegmentedControl
          label="Databases"
          value={databases}
          segments={[
            { value: 'one', label: 'One database for all', icon: 'database' },
            { value: 'each', label: 'A database and a project each', icon: 'square-stack' },
          ]}
          onChange={(value) => decideFolder({ databases: value })}
        />
      )}
      <ServiceList
        files={folder.files}
        found={found}
        placed={placedServices({ folder, found, choices })}
        choices={choices}
      />
      <Decided label="Left out" paths={choices.without} set={(without) => decideFolder({ without })} />
      <Decided
        label="Gone on after its failure"
        paths={choices.goOnAfter}
        set={(goOnAfter) => decideFolder({ goOnAfter })}
      />
      {(databases === 'one' || !severalRun) && (
        <details className={styles.more} open={choices.base !== ''}>
          <summary>What must be there before the first migration</summary>
          <Button size="small" icon="file-input" onClick={() => void chooseBase()}>
            From a file
          </Button>
          <TextArea
            label="SQL that runs first"
            mono
            rows={6}
            placeholder="CREATE TABLE users (…), as another service or a model makes it"
            value={choices.base}
            onChange={(base) => decideFolder({ base })}
          />
        </details>
      )}
      <details className={styles.more} open={choices.environment !== '' || seconds !== ''}>
        <summary>Environment and time</summary>
        <TextArea
          label="Environment, a line each"
          mono
          rows={3}
          placeholder="NODE_ENV=development"
          value={choices.environment}
          onChange={(environment) => decideFolder({ environment })}
        />
        <div className={styles.seconds}>
          <span aria-hidden>Seconds for one file</span>
          <TextField
            label="Seconds for one file"
            mono
            placeholder="40"
            value={seconds}
            error={
              timeLimitOf(choices) === null ? `Not a number of seconds up to ${longestSeconds}` : undefined
            }
            onChange={(text) => decideFolder({ seconds: text })}
          />
        </div>
        {refused.length > 0 && <FieldMessage>Not NAME=value: {refused.join(', ')}</FieldMessage>}
      </details>
    </div>
  )
}

interface DecidedProps {
  readonly label: string
  readonly paths: readonly string[]
  readonly set: (paths: readonly string[]) => void
}

/** Files for which something was decided after they had failed, each to be taken back. */
function Decided({ label, paths, set }: DecidedProps) {
  if (paths.length === 0) return null
  return (
    <ul className={styles.services} aria-label={label}>
      {paths.map((path) => (
        <li key={path}>
          <span>
            {label}: {path}
          </span>
          <Button size="small" look="quiet" onClick={() => set(paths.filter((one) => one !== path))}>
            Run as the others
          </Button>
        </li>
      ))}
    </ul>
  )
}
