import { pathOfFile } from '../../core/sequelize/migration-file.ts'
import { closeReopenedMigration } from '../../state/migration-export.ts'
import { useProject } from '../../state/use-stores.ts'
import { Bar, Space } from '../../ui/Bar.tsx'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'

/** Says which files the next export replaces; nothing where no export was re-opened. */
export function ReopenedBar() {
  const reopened = useProject((state) => state.reopened)
  const files = reopened.flatMap((migration) => migration.files)
  const [first, ...others] = files
  if (!first) return null
  const more = others.length === 0 ? '' : ` and ${others.length} more`
  return (
    <Bar>
      <Icon name="pencil" size={13} />
      <span>
        Re-opened: the next export replaces {pathOfFile(first)}
        {more}, and keeps its place.
      </span>
      <Space />
      <Button onClick={closeReopenedMigration}>Put it back</Button>
    </Bar>
  )
}
