import type { FileContent, FolderFiles } from '../../core/sequelize/folder/folder-files.ts'

/** The files of a folder, which notes those whose content is asked for. */
export class NotedFiles extends Map<string, FileContent> {
  readonly #read = new Set<string>()

  constructor(files: FolderFiles) {
    super(files)
  }

  override get(path: string): FileContent | undefined {
    const content = super.get(path)
    if (content !== undefined) this.#read.add(path)
    return content
  }

  /** Paths that were read since the last call. */
  take(): readonly string[] {
    const paths = [...this.#read]
    this.#read.clear()
    return paths
  }
}
