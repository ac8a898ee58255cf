import { expect, test } from 'vitest'
import type { SchemaDocument } from '../../src/core/model/document.ts'
import { applyPatch } from '../../src/core/model/patch.ts'
import { findServices } from '../../src/core/sequelize/folder/find-services.ts'
import { nameOf } from '../../src/core/sequelize/folder/folder-files.ts'
import { type FolderCase, folderCases, folderFiles } from '../../src/database/replay/folder-cases.test-kit.ts'
import { generatedMigrations } from '../../src/database/replay/generated-migrations.test-kit.ts'
import type { Replay, ReplayedMigration } from '../../src/database/replay/replay.ts'
import { catalogOf } from '../fixtures/pglite-catalog.ts'
import { realFolders } from '../fixtures/real-folders.ts'
import { type RealFailure, realReplay } from '../fixtures/real-replay.ts'

const at = realFolders()

/** What was there right after a migration failed. */
function documentAfter(replay: Replay, failed: ReplayedMigration): SchemaDocument {
  const before = replay.migrations.slice(0, replay.migrations.indexOf(failed) + 1)
  return before.reduce((document, { changes }) => applyPatch(document, changes), replay.start)
}

function failuresOf(replay: Replay): readonly Omit<RealFailure, 'catalog'>[] {
  const named = (migrations: readonly ReplayedMigration[], prefix: string) =>
    migrations.flatMap(({ path, failure }) => {
      if (!failure) return []
      const { code, message, source } = failure.problem
      const state = source === 'PostgreSQL' ? code : null
      return [{ file: `${prefix}${nameOf(path)}`, code: state, message: message.replace(/^TypeError: /, '') }]
    })
  return [...named(replay.migrations, ''), ...named(replay.undo?.migrations ?? [], 'down ')]
}

async function compare(
  folderCase: FolderCase,
  files: ReadonlyMap<string, string | Uint8Array>,
  name: string,
) {
  const services = findServices(files, await at.database.runSequelizercs({ files }))
  const real = await realReplay(at.server, { ...folderCase, files, services }, name, at.work)
  const replay = await at.database.replay({
    files,
    services,
    onFailure: 'go-on',
    undo: true,
    ...(folderCase.base === undefined ? {} : { base: folderCase.base }),
  })
  const realFailures = real.failures.map(({ catalog: _catalog, ...failure }) => failure)
  expect(failuresOf(replay)).toEqual(realFailures)
  expect(realFailures.map(({ file }) => file)).toEqual(folderCase.failing ?? [])
  expect(await catalogOf(at.scratch, replay.document)).toEqual(real.catalog)
  if (!replay.undo) throw new Error('Nothing was undone')
  expect(await catalogOf(at.scratch, replay.undo.document)).toEqual(real.afterUndo)
  const failed = replay.migrations.filter(({ outcome }) => outcome === 'failed')
  for (const [index, migration] of failed.entries()) {
    expect(await catalogOf(at.scratch, documentAfter(replay, migration)), migration.path).toEqual(
      real.failures[index]?.catalog,
    )
  }
  return { real, replay }
}

test('the folders are many, and so are their migrations', async () => {
  const names = new Set(folderCases.map(({ name }) => name))
  let count = 0
  for (const name of names) {
    const files = folderFiles(name)
    const services = findServices(files, await at.database.runSequelizercs({ files }))
    count += services.flatMap(({ migrations }) => migrations).length
  }
  expect([names.size, count]).toEqual([19, 75])
})

for (const folderCase of folderCases) {
  const { name, title = name } = folderCase
  test(`${title}: what a real runner builds on a real server, fails at and undoes`, async () => {
    await compare(folderCase, folderFiles(name), title.replace(/\W/g, '_'))
  })
}

test('300 generated migrations build the same, and undo the same', async () => {
  const files = generatedMigrations(300, 7)
  const { replay } = await compare({ name: 'generated', runner: 'sequelize-cli' }, files, 'generated')
  expect(replay.document.objects.size).toBeGreaterThan(300)
}, 900_000)
