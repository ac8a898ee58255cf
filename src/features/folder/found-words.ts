import type { Service } from '../../core/sequelize/folder/find-services.ts'
import type { FolderChoices } from '../../core/sequelize/folder/folder-choices.ts'

/** "3 migrations in src/db/migrations, 1 other file beside them". */
export function saysOf({ migrations, migrationsFolder, others, unread, rcFailure }: Service): string {
  if (migrations.length === 0 && migrationsFolder === '')
    return 'No migrations were found: say where they are'
  const count = `${migrations.length} ${migrations.length === 1 ? 'migration' : 'migrations'}`
  const files = others.length === 1 ? '1 other file' : `${others.length} other files`
  const beside = others.length > 0 ? `, ${files} beside them` : ''
  const guessed = unread.length > 0 ? `; .sequelizerc computes ${unread.join(', ')}, which was guessed` : ''
  const failed = rcFailure === undefined ? '' : `; .sequelizerc was read, not run: ${rcFailure}`
  return `${count} in ${migrationsFolder || 'the folder itself'}${beside}${guessed}${failed}`
}

/** How what was chosen runs. */
export function runsSentence({ services, databases = 'one' }: FolderChoices): string {
  const order = 'in the order of sequelize-cli.'
  if (services.length < 2) return `Its migrations run ${order}`
  return databases === 'one'
    ? `The services run one after the other on one database, each ${order}`
    : `Each service runs from nothing on a database of its own, ${order}`
}

/** "Models in src/models, no seeders, config src/db/config.js". */
export function partsOf({ modelsFolder, seedersFolder, configFile }: Service): string {
  return [
    modelsFolder === null ? 'No models' : `Models in ${modelsFolder}`,
    seedersFolder === null ? 'no seeders' : `seeders in ${seedersFolder}`,
    configFile === null ? 'no config' : `config ${configFile}`,
  ].join(', ')
}
