import type { Service } from '../../core/sequelize/folder/find-services.ts'
import { chooseBase, decideFolder, type FolderChoices } from '../../state/folder-store.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { TextArea } from '../../ui/TextField.tsx'
import styles from './folder.module.css'
import { partsOf, saysOf } from './found-words.ts'
import { ServicePlacesForm } from './ServicePlacesForm.tsx'

interface ServiceListProps {
  readonly files: ReadonlyMap<string, unknown>
  readonly found: readonly Service[]
  /** The same with their parts where a person said. */
  readonly placed: readonly Service[]
  readonly choices: FolderChoices
}

/** The services that run, in their order, then the others; which, in which order and from where can be changed. */
export function ServiceList({ files, found, placed, choices }: ServiceListProps) {
  const { services: chosen, databases = 'one', bases = {} } = choices
  const isAlone = databases === 'each' && chosen.length > 1
  const names = found.map(({ migrationsFolder }) => migrationsFolder)
  const order = [...chosen, ...names.filter((name) => !chosen.includes(name))]
  const choose = (name: string, on: boolean) => {
    decideFolder({ services: on ? [...chosen, name] : chosen.filter((one) => one !== name) })
  }
  const runEarlier = (at: number) => {
    const [before = '', own = ''] = [chosen[at - 1], chosen[at]]
    decideFolder({ services: chosen.toSpliced(at - 1, 2, own, before) })
  }
  return (
    <ul className={styles.services} aria-label="Services">
      {order.map((name, at) => {
        const service = placed[names.indexOf(name)]
        if (!service) return null
        const runs = chosen.includes(name)
        return (
          <li key={name}>
            <Checkbox checked={runs} onChange={(on) => choose(name, on)}>
              <strong>{service.name}</strong>
            </Checkbox>
            <small>{saysOf(service)}</small>
            {runs && at > 0 && !isAlone && (
              <IconButton
                icon="arrow-up"
                size="small"
                label={`Run ${service.name} earlier`}
                onClick={() => runEarlier(at)}
              />
            )}
            <details
              className={styles.places}
              open={found[names.indexOf(name)]?.migrations.length === 0 || (isAlone && name in bases)}
            >
              <summary>{partsOf(service)}</summary>
              <ServicePlacesForm found={name} service={service} files={files} />
              {isAlone && (
                <OwnBase
                  service={service.name}
                  sql={bases[name] ?? ''}
                  onRead={() => void chooseBase(name)}
                  onChange={(sql) => decideFolder({ bases: { ...bases, [name]: sql } })}
                />
              )}
            </details>
          </li>
        )
      })}
    </ul>
  )
}

interface OwnBaseProps {
  readonly service: string
  readonly sql: string
  /** A file of it is asked for. */
  readonly onRead: () => void
  readonly onChange: (sql: string) => void
}

/** What must be there before the first migration of a service that has a database of its own. */
function OwnBase({ service, sql, onRead, onChange }: OwnBaseProps) {
  return (
    <div className={styles.ownBase}>
      <div className={styles.row}>
        <span aria-hidden>SQL that runs first</span>
        <Button
          size="small"
          icon="file-input"
          onClick={onRead}
          aria-label={`SQL before ${service} from a file`}
        >
          From a file
        </Button>
      </div>
      <TextArea
        label={`SQL that runs before ${service}`}
        mono
        rows={3}
        placeholder="CREATE TABLE users (…), as a model makes it"
        value={sql}
        onChange={onChange}
      />
    </div>
  )
}
