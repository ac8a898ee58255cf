import type { FolderStyle } from './style.ts'

/** The columns that a new table of the folder ends with, by whether each row has them. */
export function timeNames({ columns, timestamps, paranoid }: FolderStyle): {
  readonly required: readonly string[]
  readonly optional: readonly string[]
} {
  const [created, updated, deleted] =
    columns === 'camel' ? ['createdAt', 'updatedAt', 'deletedAt'] : ['created_at', 'updated_at', 'deleted_at']
  return { required: timestamps ? [created, updated] : [], optional: paranoid ? [deleted] : [] }
}
