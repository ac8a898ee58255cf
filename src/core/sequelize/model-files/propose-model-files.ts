import { isTable } from '../../kinds/table/table.kind.ts'
import type { SchemaDocument } from '../../model/document.ts'
import type { ObjectId } from '../../model/object.ts'
import { schemaOf } from '../../model/schema.ts'
import type { CodeStyle } from '../code-style.ts'
import type { FileChange } from '../folder/file-change.ts'
import type { Service } from '../folder/find-services.ts'
import { type FolderFiles, joinPath, nameOf, textOf } from '../folder/folder-files.ts'
import { modelFiles } from '../folder/model-files.ts'
import { describeModels } from '../models/describe-models.ts'
import type { Model } from '../models/model.ts'
import type { ModelFacts } from '../models/model-facts.ts'
import { editModel } from './edit-model.ts'
import type { EditedText } from './edited-text.ts'
import { knownModels, modelsByTable } from './known-models.ts'
import { modelChanges } from './model-changes.ts'
import { type ModelFolderStyle, type ModelText, modelStyle } from './model-style.ts'
import { ownSource, signed } from './signature.ts'
import { freeFileName, writeIndex, writeModel } from './write-model.ts'

/** What the models of a folder are to follow. */
export interface ModelFilesRequest {
  readonly files: FolderFiles
  readonly service: Pick<Service, 'root' | 'modelsFolder'>
  readonly models: readonly ModelFacts[]
  /** What the migrations build, and what they will with the next one. */
  readonly from: SchemaDocument
  readonly to: SchemaDocument
  /** How code is set where no model shows it. */
  readonly code?: CodeStyle
}

/**
 * The files of a folder's models as they follow an edit of the schema: new ones for new tables, those that Relata wrote
 * written anew, and in a person's own just what the edit changes. Files that stay as they are are left out.
 */
export function proposeModelFiles(request: ModelFilesRequest): readonly FileChange[] {
  const { files, service, models, from, to, code } = request
  const folder = service.modelsFolder ?? joinPath(service.root, 'models') ?? 'models'
  const found = modelsByTable(models, from)
  const known = knownModels(found, from)
  const present = new Set(
    schemaOf(from)
      .all(isTable)
      .map(({ id }) => id),
  )
  const tables = schemaOf(to)
    .all(isTable)
    .map(({ id }) => id)
  // Where nothing has a model yet, everything gets one: one alone could not be joined with the others.
  const fresh = new Set(tables.filter((id) => !found.has(id) && (models.length === 0 || !present.has(id))))
  const before = describeModels(from, { ...known, only: new Set(found.keys()) })
  const described = describeModels(to, { ...known, only: new Set([...found.keys(), ...fresh]) })
  const texts = textsOf(found, files)
  const style = modelStyle([...texts.values()], code)
  const after = withFileNames(described, found, fresh, style, takenNames(files, folder))
  const changes = new Map<string, FileChange>()
  const put = (change: FileChange) => void changes.set(change.path, change)
  for (const model of after.filter(({ table }) => fresh.has(table.id))) {
    const { text, byHand } = writeModel(model, after, style)
    const path = `${folder}/${model.fileName}.${style.ending}`
    put({ path, owner: 'new', before: null, after: signed(text), byHand })
  }
  for (const change of [
    ...followOwn(before, after, texts, style),
    ...followTheirs(before, after, texts, style),
  ]) {
    const earlier = changes.get(change.path)
    put(earlier ? { ...change, byHand: [...earlier.byHand, ...change.byHand] } : change)
  }
  const index = followIndex({ files, folder, before, after, found, fresh, style })
  if (index) put(index)
  return [...changes.values()].filter((change) => change.before !== change.after || change.byHand.length > 0)
}

/** The text of each model, by table, as far as its file is known. */
function textsOf(
  found: ReadonlyMap<ObjectId, ModelFacts>,
  files: FolderFiles,
): ReadonlyMap<ObjectId, ModelText> {
  const texts = [...found].flatMap(
    ([table, { name, place }]): readonly (readonly [ObjectId, ModelText])[] => {
      const text = place ? textOf(files, place.path) : null
      return place && text !== null ? [[table, { name, path: place.path, text }]] : []
    },
  )
  return new Map(texts)
}

function takenNames(files: FolderFiles, folder: string): ReadonlySet<string> {
  return new Set([...files.keys()].filter((path) => path.startsWith(`${folder}/`)).map(nameOf))
}

/** Under the names of the files that define them, or will. */
function withFileNames(
  models: readonly Model[],
  found: ReadonlyMap<ObjectId, ModelFacts>,
  fresh: ReadonlySet<ObjectId>,
  style: ModelFolderStyle,
  taken: ReadonlySet<string>,
): readonly Model[] {
  const used = new Set(taken)
  return models.map((model) => {
    const { table, name } = model
    const path = found.get(table.id)?.place?.path
    const file = fresh.has(table.id) || path === undefined ? freeFileName(name, style, used) : nameOf(path)
    used.add(file)
    return { ...model, fileName: file.replace(/\.[cm]?[jt]s$/, '') }
  })
}

type Texts = ReadonlyMap<ObjectId, ModelText>

/** Files of one model that nobody has changed since Relata wrote them. */
function followOwn(
  before: readonly Model[],
  after: readonly Model[],
  texts: Texts,
  style: ModelFolderStyle,
): readonly FileChange[] {
  return before.flatMap((model): readonly FileChange[] => {
    const file = texts.get(model.table.id)
    if (!file || !isOwn(file, texts)) return []
    const next = after.find(({ table }) => table.id === model.table.id)
    const { path, text } = file
    if (!next) return [{ path, owner: 'ours', before: text, after: null, byHand: [] }]
    const own = modelStyle([{ ...file, text: ownSource(text) ?? text }], style.code)
    const [was, is] = [
      writeModel(renamedAs(model, next), renamed(before, after), own),
      writeModel(next, after, own),
    ]
    return was.text === is.text
      ? []
      : [{ path, owner: 'ours', before: text, after: signed(is.text), byHand: [] }]
  })
}

/** A file of several models is a person's own. */
function isOwn(file: ModelText, texts: Texts): boolean {
  return (
    ownSource(file.text) !== null && [...texts.values()].filter(({ path }) => path === file.path).length === 1
  )
}

function renamedAs(model: Model, other: Model): Model {
  return { ...model, fileName: other.fileName }
}

function renamed(models: readonly Model[], others: readonly Model[]): readonly Model[] {
  return models.map((model) => {
    const other = others.find(({ table }) => table.id === model.table.id)
    return other ? renamedAs(model, other) : model
  })
}

/** A person's own files: just what changes. */
function followTheirs(
  before: readonly Model[],
  after: readonly Model[],
  texts: Texts,
  style: ModelFolderStyle,
): readonly FileChange[] {
  const edited = new Map<string, { readonly text: string; readonly file: EditedText }>()
  const edit = (file: ModelText, change: (file: EditedText) => EditedText) => {
    const { path, text } = file
    edited.set(path, { text, file: change(edited.get(path)?.file ?? { text, byHand: [] }) })
  }
  for (const change of modelChanges(before, after)) {
    const file = texts.get(change.before.table.id)
    if (!file || isOwn(file, texts)) continue
    const { code } = modelStyle([file], style.code)
    edit(file, (text) => editModel(text, change, after, code))
  }
  for (const { table, name } of before) {
    const file = texts.get(table.id)
    if (!file || isOwn(file, texts) || after.some((model) => model.table.id === table.id)) continue
    const what = `The table of ${name} is dropped: remove the model, and what uses it.`
    edit(file, (text) => ({ ...text, byHand: [...text.byHand, { what, code: null }] }))
  }
  return [...edited].map(([path, { text, file }]) => ({
    path,
    owner: 'theirs',
    before: text,
    after: file.text,
    byHand: file.byHand,
  }))
}

interface IndexRequest {
  readonly files: FolderFiles
  readonly folder: string
  readonly before: readonly Model[]
  readonly after: readonly Model[]
  readonly found: ReadonlyMap<ObjectId, ModelFacts>
  readonly fresh: ReadonlySet<ObjectId>
  readonly style: ModelFolderStyle
}

/** The file that loads the models: one that finds them by itself stays as it is. */
function followIndex({ files, folder, before, after, found, fresh, style }: IndexRequest): FileChange | null {
  const { index } = modelFiles(files, folder)
  const text = index === null ? null : textOf(files, index)
  const gone = before.filter(({ table }) => !after.some((model) => model.table.id === table.id))
  if (fresh.size === 0 && gone.length === 0) return null
  if (index === null || text === null) {
    if (found.size > 0) return null
    const path = `${folder}/index.${style.ending}`
    return { path, owner: 'new', before: null, after: signed(writeIndex(after, style)), byHand: [] }
  }
  if (ownSource(text) !== null) {
    const own = modelStyle([{ name: nameOf(index), path: index, text }], style.code)
    return { path: index, owner: 'ours', before: text, after: signed(writeIndex(after, own)), byHand: [] }
  }
  const names = [...found.values()].map(({ name }) => name)
  const isStatic = !/readdir|glob|require\.context/.test(text) && names.some((name) => text.includes(name))
  if (!isStatic) return null
  const byHand = [
    ...after
      .filter(({ table }) => fresh.has(table.id))
      .map(({ name, fileName }) => ({
        what: `Load ${name}, from ./${fileName}, with your other models.`,
        code: null,
      })),
    ...gone.map(({ name }) => ({ what: `Load ${name} no longer.`, code: null })),
  ]
  return { path: index, owner: 'theirs', before: text, after: text, byHand }
}
