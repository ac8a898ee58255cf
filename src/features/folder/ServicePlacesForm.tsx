import { useEffect, useState } from 'react'
import type { Service } from '../../core/sequelize/folder/find-services.ts'
import { folderOf } from '../../core/sequelize/folder/folder-files.ts'
import type { ServicePlaces } from '../../core/sequelize/folder/service-places.ts'
import { placeService } from '../../state/folder-store.ts'
import { ComboField } from '../../ui/ComboField.tsx'
import styles from './folder.module.css'

interface ServicePlacesFormProps {
  /** The folder of migrations by which the service was found. */
  readonly found: string
  readonly service: Service
  readonly files: ReadonlyMap<string, unknown>
}

type Part = Exclude<keyof ServicePlaces, 'found'>

const labels: Readonly<Record<Part, string>> = {
  migrationsFolder: 'Migrations',
  modelsFolder: 'Models',
  seedersFolder: 'Seeders',
  configFile: 'Config',
}

const parts: readonly Part[] = ['migrationsFolder', 'modelsFolder', 'seedersFolder', 'configFile']

/** Where the parts of a service are, each to be changed; an empty place stands for none. */
export function ServicePlacesForm({ found, service, files }: ServicePlacesFormProps) {
  const paths = [...files.keys()]
  const folders = [...new Set(paths.map(folderOf))].filter((folder) => folder !== '').sort()
  const configs = paths.filter((path) => /\.([cm]?js|ts|json)$/.test(path)).sort()
  return (
    <div className={styles.parts}>
      {parts.map((part) => (
        <PartField
          key={part}
          label={`${labels[part]} of ${service.name}`}
          shown={labels[part]}
          place={service[part] ?? ''}
          known={part === 'configFile' ? configs : folders}
          onPlace={(place) => placeService(found, { [part]: place === '' ? null : place })}
          isNeeded={part === 'migrationsFolder'}
          isHere={
            part === 'migrationsFolder' && service.migrations.length > 0 && service.migrationsFolder === ''
          }
        />
      ))}
    </div>
  )
}

interface PartFieldProps {
  readonly label: string
  readonly shown: string
  readonly place: string
  readonly known: readonly string[]
  readonly isNeeded: boolean
  /** In the opened folder itself, whose path is empty. */
  readonly isHere: boolean
  readonly onPlace: (place: string) => void
}

function PartField({ label, shown, place, known, isNeeded, isHere, onPlace }: PartFieldProps) {
  const [text, setText] = useState(place)
  useEffect(() => setText(place), [place])
  const isThere = (path: string) => (path === '' ? !isNeeded || isHere : known.includes(path))
  return (
    <>
      <span aria-hidden>{shown}</span>
      <ComboField
        label={label}
        mono
        value={text}
        options={known.map((value) => ({ value }))}
        placeholder={isHere ? 'The folder itself' : isNeeded ? 'Where they are' : 'None'}
        error={text === '' || isThere(text) ? undefined : 'Not in the folder'}
        onChange={setText}
        onCommit={(value) => {
          if (isThere(value) && value !== place) onPlace(value)
          else setText(place)
        }}
      />
    </>
  )
}
