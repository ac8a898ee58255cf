import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'
import { Icon } from './Icon.tsx'
import styles from './tabs.module.css'

export interface TabInfo<V extends string> {
  readonly value: V
  readonly label: string
  readonly icon?: string
  /** A count or mark after the label. */
  readonly badge?: ReactNode
}

interface TabsProps<V extends string> {
  readonly label: string
  readonly tabs: readonly TabInfo<V>[]
  /** null: none is open. */
  readonly value: V | null
  readonly onChange: (value: V) => void
  /** Called when the tab that is open is pressed again. */
  readonly onPressActive?: () => void
  /** At the right end of the strip. */
  readonly end?: ReactNode
  /** The panel of the open tab. */
  readonly children?: ReactNode
  readonly className?: string | undefined
  readonly panelClassName?: string | undefined
}

/** A strip of tabs, one tab stop, and the panel of the open one. */
export function Tabs<V extends string>({
  label,
  tabs,
  value,
  onChange,
  onPressActive,
  end,
  children,
  className,
  panelClassName,
}: TabsProps<V>) {
  return (
    <Base.Root
      className={className}
      value={value}
      onValueChange={(next: unknown) => {
        const tab = tabs.find((candidate) => candidate.value === next)
        if (tab) onChange(tab.value)
      }}
    >
      <div className={styles.list}>
        <Base.List aria-label={label} style={{ display: 'flex', alignItems: 'stretch' }}>
          {tabs.map((tab) => (
            <Base.Tab
              key={tab.value}
              value={tab.value}
              className={styles.tab}
              onClick={tab.value === value ? onPressActive : undefined}
            >
              {tab.icon && <Icon name={tab.icon} size={14} />}
              {tab.label}
              {tab.badge}
            </Base.Tab>
          ))}
        </Base.List>
        {end && <div className={styles.end}>{end}</div>}
      </div>
      {value !== null && children !== undefined && (
        <Base.Panel value={value} className={panelClassName} key={value} tabIndex={-1}>
          {children}
        </Base.Panel>
      )}
    </Base.Root>
  )
}
