import { afterAll, beforeAll, expect, test } from 'vitest'
import { alignDocuments } from '../core/diff/align-documents.ts'
import type { SchemaDocument } from '../core/model/document.ts'
import { findServices } from '../core/sequelize/folder/find-services.ts'
import type { FolderFiles } from '../core/sequelize/folder/folder-files.ts'
import { proposeModelFiles } from '../core/sequelize/model-files/propose-model-files.ts'
import { checkModelFiles } from './check-model-files.ts'
import type { InProcessDatabase } from './in-process.ts'
import { openDatabase } from './node-database.ts'
import { folderFiles } from './replay/folder-cases.test-kit.ts'

let database: InProcessDatabase
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())

/** What is proposed for a folder after the statements, and what Sequelize makes of it. */
async function proposed(files: FolderFiles, sql: string, before?: string) {
  const services = findServices(files)
  const [service] = services
  if (!service) throw new Error('No service')
  const base = before === undefined ? {} : { base: before }
  const { document: from } = await database.replay({ files, services, onFailure: 'stop', ...base })
  const migration = `module.exports = { up: (q) => q.sequelize.query(\`${sql}\`), down: async () => {} }`
  const path = `${service.migrationsFolder}/99990101000000-edit.js`
  const edited = { ...service, migrations: [...service.migrations, path] }
  const more = new Map([...files, [path, migration]])
  const after = await database.replay({ files: more, services: [edited], onFailure: 'stop', ...base })
  expect(after.migrations.at(-1)?.failure).toBeUndefined()
  const to = alignDocuments(from, after.document)
  return propose(files, from, to)
}

async function propose(files: FolderFiles, from: SchemaDocument, to: SchemaDocument) {
  const [service] = findServices(files)
  if (!service) throw new Error('No service')
  const reading = await database.readModels({ files, services: [service] })
  const changes = proposeModelFiles({ files, service, models: reading.models, from, to })
  const services = [{ ...service, modelsFolder: service.modelsFolder ?? 'models' }]
  const checked = await checkModelFiles(database, { files, services, changes, reading, from, to })
  return { changes, checked }
}

test('bakery', async () => {
  const { changes, checked } = await proposed(
    folderFiles('bakery'),
    `ALTER TABLE customers ADD COLUMN nick_name varchar(40) NOT NULL DEFAULT 'x', DROP COLUMN name;
     CREATE TABLE order_lines (id serial PRIMARY KEY, order_id integer NOT NULL REFERENCES orders ON DELETE CASCADE,
       note text, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL);
     ALTER TABLE orders ALTER COLUMN state DROP DEFAULT;`,
  )
  for (const { path, owner, after, byHand } of changes) console.log(path, owner, byHand, `\n${after}`)
  console.log(
    checked.drift.map(({ message }) => message),
    checked.problems,
  )
})
