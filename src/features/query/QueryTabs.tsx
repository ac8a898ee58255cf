import { useState } from 'react'
import { useStore } from 'zustand'
import { addQuery, changeQuery, openQuery, queryStore, removeQuery } from '../../state/query-store.ts'
import { useProject } from '../../state/use-stores.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu } from '../../ui/Menu.tsx'
import styles from './query.module.css'

/** The project's queries, one tab each: arrows move, F2 or a double click renames. */
export function QueryTabs() {
  const queries = useProject((state) => state.queries)
  const tab = useStore(queryStore, (state) => state.tab)
  const [renaming, setRenaming] = useState<string | null>(null)
  const finish = () => {
    if (renaming !== null && renaming.trim() !== '') changeQuery(tab, { name: renaming.trim() })
    setRenaming(null)
  }
  return (
    <div className={styles.strip}>
      <div
        className={styles.tabs}
        role="tablist"
        aria-label="Queries"
        onKeyDown={(event) => {
          if (renaming !== null) return
          const to = { ArrowLeft: tab - 1, ArrowRight: tab + 1, Home: 0, End: queries.length - 1 }[event.key]
          if (event.key === 'F2') setRenaming(queries[tab]?.name ?? '')
          if (to === undefined || !queries[to]) return
          event.preventDefault()
          openQuery(to)
          const next = event.currentTarget.children[to]
          if (next instanceof HTMLElement) next.focus()
        }}
      >
        {queries.map((query, index) =>
          renaming !== null && index === tab ? (
            <input
              // biome-ignore lint/suspicious/noArrayIndexKey: a query is its place
              key={index}
              // biome-ignore lint/a11y/noAutofocus: the person has just asked to type here
              autoFocus
              className={styles.rename}
              aria-label="Name of the query"
              value={renaming}
              onChange={(event) => setRenaming(event.target.value)}
              onFocus={(event) => event.target.select()}
              onBlur={finish}
              onKeyDown={(event) => {
                if (event.key === 'Enter') finish()
                if (event.key === 'Escape') setRenaming(null)
              }}
            />
          ) : (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: a query is its place
              key={index}
              type="button"
              role="tab"
              aria-selected={index === tab}
              tabIndex={index === tab ? 0 : -1}
              className={styles.tab}
              onClick={() => openQuery(index)}
              onDoubleClick={() => setRenaming(query.name)}
            >
              {query.name}
            </button>
          ),
        )}
      </div>
      <IconButton
        icon="plus"
        label="New query"
        onClick={() => addQuery({ name: `Query ${queries.length + 1}`, sql: '' })}
      />
      <Menu
        trigger={<IconButton icon="ellipsis" label="This query" />}
        entries={[
          { label: 'Rename query', icon: 'pencil', run: () => setRenaming(queries[tab]?.name ?? '') },
          {
            label: 'Delete query',
            icon: 'trash-2',
            danger: true,
            disabled: queries.length < 2,
            run: () => removeQuery(tab),
          },
        ]}
      />
    </div>
  )
}
