import { environmentOf } from '../../core/sequelize/folder/environment.ts'
import type { Service } from '../../core/sequelize/folder/find-services.ts'
import { decideFolder, type FolderChoices, type OpenedFolder } from '../../state/folder-store.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { FieldMessage, TextArea } from '../../ui/TextField.tsx'
import styles from './folder.module.css'

interface FolderFoundProps {
  readonly folder: OpenedFolder
  readonly found: readonly Service[]
  readonly choices: FolderChoices
}

/** What was found before anything runs, to be changed. */
export function FolderFound({ folder, found, choices }: FolderFoundProps) {
  const choose = (place: string, on: boolean) => {
    const wanted = found.map(({ migrationsFolder }) => migrationsFolder)
    const chosen = wanted.filter((one) => (one === place ? on : choices.services.includes(one)))
    decideFolder({ services: chosen })
  }
  const { refused } = environmentOf(choices.environment.split('\n'))
  return (
    <div className={styles.stack}>
      <p className={styles.hint}>
        {folder.files.size.toLocaleString('en')} files of {folder.name}.{' '}
        {found.length === 1 ? 'Its migrations run' : 'The services run one after the other on one database'}{' '}
        in the order of sequelize-cli.
      </p>
      {folder.tooLarge.length > 0 && (
        <p className={styles.notice}>Not read, because they are so large: {folder.tooLarge.join(', ')}.</p>
      )}
      <ul className={styles.services} aria-label="Services">
        {found.map((service) => (
          <li key={service.migrationsFolder}>
            <Checkbox
              checked={choices.services.includes(service.migrationsFolder)}
              onChange={(on) => choose(service.migrationsFolder, on)}
            >
              <strong>{service.name}</strong>
            </Checkbox>
            <small>{saysOf(service)}</small>
          </li>
        ))}
      </ul>
      <Decided label="Left out" paths={choices.without} set={(without) => decideFolder({ without })} />
      <Decided
        label="Gone on after its failure"
        paths={choices.goOnAfter}
        set={(goOnAfter) => decideFolder({ goOnAfter })}
      />
      <details className={styles.more} open={choices.base !== ''}>
        <summary>What must be there before the first migration</summary>
        <TextArea
          label="SQL that runs first"
          mono
          rows={6}
          placeholder="CREATE TABLE users (…), as another service or a model makes it"
          value={choices.base}
          onChange={(base) => decideFolder({ base })}
        />
      </details>
      <details className={styles.more} open={choices.environment !== ''}>
        <summary>Environment</summary>
        <TextArea
          label="Environment, a line each"
          mono
          rows={3}
          placeholder="NODE_ENV=development"
          value={choices.environment}
          onChange={(environment) => decideFolder({ environment })}
        />
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

function saysOf({ migrations, migrationsFolder, others, unread }: Service): string {
  const count = `${migrations.length} ${migrations.length === 1 ? 'migration' : 'migrations'}`
  const beside = others.length > 0 ? `, ${others.length} other files beside them` : ''
  const guessed = unread.length > 0 ? `; .sequelizerc computes ${unread.join(', ')}, which was guessed` : ''
  return `${count} in ${migrationsFolder || 'the folder itself'}${beside}${guessed}`
}
