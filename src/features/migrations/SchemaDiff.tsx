import { useMemo } from 'react'
import { useStore } from 'zustand'
import { type SchemaTexts, schemaTexts } from '../../core/ddl/schema-text.ts'
import type { Ends } from '../../state/migration-ends.ts'
import { migrationStore } from '../../state/migration-state.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { DiffViewer } from '../../ui/monaco/DiffViewer.tsx'

/** The SQL of what changes, before and after the migration. */
export function SchemaDiff() {
  const between = useStore(migrationStore, (state) => state.between)
  const texts = useMemo(() => between && textsOf(between), [between])
  if (!texts) return null
  if ('problem' in texts) return <EmptyState>{texts.problem}</EmptyState>
  return <DiffViewer label="Schema before and after" {...texts} language="postgresql" />
}

/** A document that refers to something missing has no SQL: the sentence says what is missing. */
function textsOf({ from, to }: Ends): SchemaTexts | { readonly problem: string } {
  try {
    return schemaTexts(from, to)
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}
