import { afterEach, expect, test } from 'vitest'
import { findServices } from '../../core/sequelize/folder/find-services.ts'
import type { FolderFiles } from '../../core/sequelize/folder/folder-files.ts'
import type { Engine } from '../engine.ts'
import { nodeAssets } from '../node-assets.ts'
import { openPglite } from '../pglite-engine.ts'
import { FolderRunner } from '../sequelize-runner/folder-runner.ts'
import { TouchLog } from '../touch-log.ts'
import { CatalogFollower } from './catalog-follower.ts'
import { folderFiles } from './folder-cases.test-kit.ts'
import { generatedMigrations } from './generated-migrations.test-kit.ts'

let engine: Engine | undefined

afterEach(() => engine?.close())

const sorted = (follower: CatalogFollower) =>
  [...follower.objects.values()].sort((a, b) => (a.id < b.id ? -1 : 1))

/** Runs a folder, and after each file compares what is read of the touched with a reading of everything. */
async function followBoth(files: FolderFiles): Promise<number> {
  engine = await openPglite(await nodeAssets())
  const ids = () => crypto.randomUUID()
  const [scoped, whole] = [new CatalogFollower(engine, ids), new CatalogFollower(engine, ids)]
  await scoped.follow()
  let compared = 0
  for (const { root, migrations } of findServices(files)) {
    const setup = { files, root: '/p', workingFolder: root, environment: {}, configFile: null }
    const runner = await FolderRunner.open(engine, setup, await TouchLog.install(engine))
    const down = migrations.toReversed().map((path) => [path, 'down'] as const)
    for (const [path, direction] of [...migrations.map((path) => [path, 'up'] as const), ...down]) {
      const run = await runner.run(path, direction, { timeLimitMilliseconds: 10_000 })
      if (!run.touched) continue
      await scoped.follow(run.statements.flatMap(({ oids }) => oids))
      await whole.follow()
      expect(sorted(scoped), `${direction} of ${path}`).toEqual(sorted(whole))
      compared += 1
    }
    await runner.close()
  }
  return compared
}

test('what was touched is enough to follow generated migrations', async () => {
  expect(await followBoth(generatedMigrations(40, 3))).toBeGreaterThan(75)
})

test.each(['tracker-sql', 'shop', 'crm-ts', 'quirks', 'services'])('… and the folder %s', async (name) => {
  expect(await followBoth(folderFiles(name))).toBeGreaterThan(3)
})
