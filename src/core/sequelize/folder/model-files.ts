import { type FolderFiles, folderOf, isForeign, nameOf } from './folder-files.ts'

/** The files of a folder of models, in the order in which they are loaded. */
export interface ModelFiles {
  /** The file that loads and joins the others, if there is one. */
  readonly index: string | null
  readonly others: readonly string[]
}

const code = /(?<!\.d)\.[cm]?[jt]s$/
const noModel = /\.(test|spec)\.[^.]+$|(^|\/)(__tests__|__mocks__|tests?|migrations|seeders)\//

/** The second is what sequelize-auto writes. */
const joining = [/^index\.[^.]+$/, /^init-models\.[^.]+$/]

/** What may define models below a folder: code, but no tests and no types alone. */
export function modelFiles(files: FolderFiles, folder: string): ModelFiles {
  const paths = [...files.keys()]
    .filter((path) => path.startsWith(`${folder}/`) && code.test(path) && !isForeign(path))
    .filter((path) => !noModel.test(path.slice(folder.length)))
    .sort()
  const index = joining
    .map((name) => paths.find((path) => folderOf(path) === folder && name.test(nameOf(path))))
    .find((path) => path !== undefined)
  return { index: index ?? null, others: paths.filter((path) => path !== index) }
}
