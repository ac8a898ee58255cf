import type { Service } from '../../core/sequelize/folder/find-services.ts'
import { decideFolder, type FolderChoices } from '../../state/folder-store.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import styles from './folder.module.css'
import { partsOf, saysOf } from './found-words.ts'
import { ServicePlacesForm } from './ServicePlacesForm.tsx'

interface ServiceListProps {
  readonly files: ReadonlyMap<string, unknown>
  readonly found: readonly Service[]
  /** The same with their parts where a person said. */
  readonly placed: readonly Service[]
  readonly chosen: FolderChoices['services']
}

/** The services that run, in their order, then the others; which, in which order and from where can be changed. */
export function ServiceList({ files, found, placed, chosen }: ServiceListProps) {
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
            {runs && at > 0 && (
              <IconButton
                icon="arrow-up"
                size="small"
                label={`Run ${service.name} earlier`}
                onClick={() => runEarlier(at)}
              />
            )}
            <details className={styles.places} open={found[names.indexOf(name)]?.migrations.length === 0}>
              <summary>{partsOf(service)}</summary>
              <ServicePlacesForm found={name} service={service} files={files} />
            </details>
          </li>
        )
      })}
    </ul>
  )
}
