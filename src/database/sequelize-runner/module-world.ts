import type { FolderFiles } from '../../core/sequelize/folder/folder-files.ts'

/** What the files of a folder see of the world around them. */
export interface ModuleWorld {
  readonly files: FolderFiles
  /** The absolute path that stands for the folder, without a slash at its end: `/project`. */
  readonly root: string
  /** Where commands are run: the folder of the service, relative to the opened one. */
  readonly workingFolder: string
  /** `process.env`. Files may change it. */
  readonly environment: Record<string, string>
}

/** Thrown when a file cannot be loaded: a missing module, a mistake in its syntax, no migration in it. */
export class ModuleLoadError extends Error {
  override readonly name = 'ModuleLoadError'
  readonly code: 'missing-module' | 'syntax-error' | 'unsupported-syntax' | 'no-migration' | 'decorators'
  /** The file that has to change, and the 1-based line in it where that is known. */
  readonly path: string
  readonly line: number | undefined

  constructor(code: ModuleLoadError['code'], message: string, path: string, line?: number) {
    super(message)
    this.code = code
    this.path = path
    this.line = line
  }
}

/** Thrown when a file reaches for what is refused to it: other programs, the network, the disk beyond its folder. */
export class RefusedAccess extends Error {
  override readonly name = 'RefusedAccess'
  readonly code = 'refused-access'
}

/** Thrown by `process.exit`. */
export class ProcessExit extends Error {
  override readonly name = 'ProcessExit'
  readonly code = 'process-exit'
}
