import type { SchemaDocument } from '../core/model/document.ts'
import type { MigrationFile } from '../core/sequelize/migration-file.ts'
import { proveInFolder } from '../database/prove-in-folder.ts'
import { type CallOptions, database, type Proof, type ProofPhase } from './database.ts'
import { folderWithNext } from './folder-with-next.ts'
import { targetService } from './linked-folder.ts'
import { linkedFolderStore } from './linked-folder-store.ts'

/**
 * The proof of files that go into the linked folder. Where services run behind the one that gets them, it has passed
 * only when all run from nothing with the files in their place, and with earlier exports that were only downloaded.
 */
export async function provedInFolder(
  proof: Proof,
  files: readonly MigrationFile[],
  to: SchemaDocument,
  options: CallOptions,
): Promise<Proof> {
  const { kept } = linkedFolderStore.getState()
  if (!proof.passed || !kept || targetService(kept) === kept.services.at(-1)) return proof
  const { request, next, downloaded, gap } = await folderWithNext(kept, 'read', files, options)
  const phase: ProofPhase = gap
    ? { name: 'whole folder', milliseconds: 0, differences: [], problem: gap }
    : await proveInFolder(database(), { request, next, to }, options)
  return { ...proof, passed: phase.problem === undefined, inFolder: { ...phase, downloaded } }
}
