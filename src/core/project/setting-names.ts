import { newestVersion, type TargetVersion, targetVersions } from '../migration/target-version.ts'
import type { FileFormat } from '../sequelize/flavours.ts'
import type { MigrationSettings } from './migration-settings.ts'

interface Named<V> {
  readonly value: V
  readonly label: string
}

/** How a migration can be planned, as a person calls it. */
export const modeNames: readonly (Named<MigrationSettings['mode']> & { readonly means: string })[] = [
  { value: 'standard', label: 'Simple', means: 'At once, in as few statements as possible.' },
  {
    value: 'zero-downtime',
    label: 'Zero downtime',
    means: 'In phases, between which old and new code both work.',
  },
]

/** The servers it may have to run on. */
export const targetNames: readonly Named<`${TargetVersion}`>[] = targetVersions.map((version) => ({
  value: `${version}`,
  label: version === newestVersion ? `PostgreSQL ${version}` : `PostgreSQL ${version} and later`,
}))

/** What its files can be. */
export const formatNames: readonly Named<FileFormat>[] = [
  { value: 'sequelize', label: 'sequelize-cli, .js' },
  { value: 'cjs', label: 'sequelize-cli, .cjs' },
  { value: 'typescript', label: 'sequelize-cli, TypeScript' },
  { value: 'umzug', label: 'Umzug 3, ES modules' },
  { value: 'sql', label: 'SQL scripts' },
]
