import type { Problem } from '../../model/problem.ts'
import type { Service } from './find-services.ts'
import { type FolderFiles, folderOf, pathIn, textOf } from './folder-files.ts'

/**
 * Warns of each package.json that asks for a Sequelize of another major version than the one that ran, `ran`: majors
 * differ in the SQL that they send.
 */
export function versionProblems(
  files: FolderFiles,
  services: readonly Pick<Service, 'root'>[],
  ran: string,
): readonly Problem[] {
  const asked = new Map(services.flatMap(({ root }) => askedAt(files, root) ?? []))
  return [...asked].flatMap(([path, range]): readonly Problem[] => {
    const major = /^[\^~=v\s]*(\d+)/.exec(range)?.[1]
    if (major === undefined || major === ran.split('.')[0]) return []
    return [
      {
        code: 'other-sequelize',
        severity: 'warning',
        source: 'Relata',
        message: `${path} asks for Sequelize ${range}; the migrations ran on ${ran}.`,
        hint: 'Where the two send other SQL, what they build differs: compare with a database in use.',
      },
    ]
  })
}

/** The nearest package.json above that names Sequelize, and which it asks for. */
function askedAt(files: FolderFiles, root: string): readonly (readonly [string, string])[] | null {
  const path = pathIn(root, 'package.json')
  const text = textOf(files, path) ?? ''
  const range = /"(?:sequelize|@sequelize\/core)"\s*:\s*"([^"]+)"/.exec(text)?.[1]
  if (range !== undefined) return [[path, range]]
  return root === '' ? null : askedAt(files, folderOf(root))
}
