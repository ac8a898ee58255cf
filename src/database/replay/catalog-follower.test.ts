import { afterEach, expect, test } from 'vitest'
import { findServices } from '../../core/sequelize/folder/find-services.ts'
import type { FolderFiles } from '../../core/sequelize/folder/folder-files.ts'
import type { Engine } from '../engine.ts'
import { nodeAssets } from '../node-assets.ts'
import { openPglite } from '../pglite-engine.ts'
import { FolderRunner } from '../sequelize-runner/folder-runner.ts'
import { runSequelizercs } from '../sequelize-runner/run-sequelizerc.ts'
import { TouchLog } from '../touch-log.ts'
import { CatalogFollower, touchedBy } from './catalog-follower.ts'
import { DoneNames } from './done-names.ts'
import { folderCases, folderFiles } from './folder-cases.test-kit.ts'
import { generatedMigrations } from './generated-migrations.test-kit.ts'

let engine: Engine | undefined

afterEach(() => engine?.close())

const sorted = (follower: CatalogFollower) =>
  [...follower.objects.values()].sort((a, b) => (a.id < b.id ? -1 : 1))

/** The document with each id replaced by the names on the way to it, which do not depend on who gave the ids. */
function named(follower: CatalogFollower): string {
  const { objects } = follower.document
  const pathOf = (id: string | null): string => {
    const object = id === null ? undefined : objects.get(id)
    return object ? `${pathOf(object.parent)}/${object.kind} ${object.name}` : ''
  }
  return [...objects.values()]
    .map((object) => JSON.stringify(object, (_, value) => (objects.has(value) ? pathOf(value) : value)))
    .sort()
    .join('\n')
}

/** Runs a folder, and after each file compares what is read of the touched with a reading of everything. */
async function followBoth(files: FolderFiles, base = ''): Promise<number> {
  engine = await openPglite(await nodeAssets())
  if (base !== '') await engine.raw(base)
  const ids = () => crypto.randomUUID()
  const scoped = new CatalogFollower(engine, ids)
  const whole = new CatalogFollower(engine, ids)
  await scoped.follow()
  let compared = 0
  const services = findServices(files, await runSequelizercs({ files }))
  for (const { root, migrations, configFile } of services) {
    const setup = { files, root: '/p', workingFolder: root, environment: {}, configFile }
    const runner = await FolderRunner.open(engine, setup, await TouchLog.install(engine))
    const done = new DoneNames(engine, runner.config.storage, () => scoped.expectAnything())
    if (done.table !== null) for (const { hidden } of [scoped, whole]) hidden.add(done.table)
    await done.ensure()
    const down = migrations.toReversed().map((path) => [path, 'down'] as const)
    for (const [path, direction] of [...migrations.map((path) => [path, 'up'] as const), ...down]) {
      const run = await runner.run(path, direction, { timeLimitMilliseconds: 10_000 })
      await (direction === 'up' ? done.add(path) : done.remove(path))
      if (!run.touched) continue
      await scoped.follow(touchedBy(run))
      await whole.follow()
      expect(sorted(scoped), `${direction} of ${path}`).toEqual(sorted(whole))
      expect(named(scoped), `${direction} of ${path}`).toBe(named(whole))
      compared += 1
    }
    await runner.close()
  }
  return compared
}

test.each([3, 11])('what was touched is enough to follow generated migrations of seed %i', async (seed) => {
  expect(await followBoth(generatedMigrations(40, seed))).toBeGreaterThan(75)
})

test.each(folderCases.map((one) => [one.title ?? one.name, one] as const))(
  '… and the folder %s',
  async (_title, { name, base }) => {
    expect(await followBoth(folderFiles(name), base)).toBeGreaterThan(1)
  },
)
