import { useDeferredValue, useMemo, useState } from 'react'
import { documentSql } from '../../core/ddl/ddl-of-document.ts'
import { fileNameOf } from '../../core/export/file-name.ts'
import type { SchemaDocument } from '../../core/model/document.ts'
import { copyText, download } from '../../state/files.ts'
import { useShown } from '../../state/past.ts'
import { useProject, useSession } from '../../state/use-stores.ts'
import { Bar, BarPanel, BarText, Space } from '../../ui/Bar.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { SqlEditor } from '../../ui/monaco/SqlEditor.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './sql.module.css'

/** The SQL of the whole schema or of what is selected, in an order that runs. */
export function SqlPanel() {
  const { past, document: shown } = useShown()
  const document = useDeferredValue(shown)
  const selection = useSession((state) => state.selection)
  const name = useProject((state) => state.name)
  const [part, setPart] = useState<'whole' | 'selection'>('whole')
  const selected = useMemo(
    () => new Set(selection.filter((id) => document.objects.has(id))),
    [selection, document],
  )
  const only = part === 'selection' ? selected : undefined
  const result = useMemo(() => sqlOf(document, only), [document, only])
  const statements =
    'sql' in result ? result.sql.split(/;\s*\n/).filter((text) => text.trim() !== '').length : 0
  return (
    <BarPanel>
      <Bar>
        <SegmentedControl
          label="What to show"
          value={part}
          segments={[
            { value: 'whole', label: 'Whole schema' },
            { value: 'selection', label: 'Selection', disabled: selected.size === 0 && part === 'whole' },
          ]}
          onChange={setPart}
        />
        <BarText>
          {statements} {statements === 1 ? 'statement' : 'statements'}
          {past && `, as after ${past.title}`}
        </BarText>
        <Space />
        <IconButton
          icon="copy"
          label="Copy SQL"
          onClick={async () => {
            if ('sql' in result && (await copyText(result.sql))) toast('SQL copied')
          }}
        />
        <Button
          icon="download"
          disabled={!('sql' in result)}
          onClick={() =>
            'sql' in result &&
            download(
              fileNameOf(past ? `${name} after ${past.title}` : name, 'sql'),
              result.sql,
              'application/sql',
            )
          }
        >
          Download .sql
        </Button>
      </Bar>
      <div className={styles.code}>
        {'problem' in result ? (
          <EmptyState>{result.problem}</EmptyState>
        ) : result.sql === '' ? (
          <EmptyState>
            {part === 'selection' ? 'Nothing selected that has SQL of its own.' : 'No tables yet.'}
          </EmptyState>
        ) : (
          <SqlEditor label="SQL of the schema" value={result.sql} readOnly />
        )}
      </div>
    </BarPanel>
  )
}

/** A document that refers to something missing has no SQL: the sentence says what is missing. */
function sqlOf(
  document: SchemaDocument,
  only: ReadonlySet<string> | undefined,
): { readonly sql: string } | { readonly problem: string } {
  try {
    return { sql: documentSql(document, only) }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}
