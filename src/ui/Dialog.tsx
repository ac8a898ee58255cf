import { Dialog as Base } from '@base-ui/react/dialog'
import { type CSSProperties, type ReactNode, type RefObject, useRef } from 'react'
import styles from './dialog.module.css'
import { IconButton } from './IconButton.tsx'

interface DialogProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly title: string
  readonly children: ReactNode
  /** Buttons, the main one last. */
  readonly footer?: ReactNode
  /** In px. */
  readonly width?: number
  /** What has the focus when it opens; absent: the first field or button of the content. */
  readonly initialFocus?: RefObject<HTMLElement | null>
  /** The content is only read: the keyboard scrolls it. */
  readonly reading?: boolean
}

/** A window over the page, for what neither inspector nor drawer can hold. */
export function Dialog({
  open,
  onClose,
  title,
  children,
  footer,
  width = 480,
  initialFocus,
  reading = false,
}: DialogProps) {
  const body = useRef<HTMLDivElement>(null)
  const footerBar = useRef<HTMLDivElement>(null)
  const firstControl = () =>
    (reading ? body.current : null) ??
    body.current?.querySelector<HTMLElement>('input, textarea, button, [tabindex="0"]') ??
    footerBar.current?.querySelector<HTMLElement>('button') ??
    true
  const style: CSSProperties & Record<'--dialog-width', string> = { '--dialog-width': `${width}px` }
  return (
    <Base.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose()
      }}
    >
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup className={styles.popup} style={style} initialFocus={initialFocus ?? firstControl}>
          <div className={styles.header}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            <IconButton icon="x" label="Close" onClick={onClose} />
          </div>
          <div className={styles.body} ref={body} tabIndex={reading ? 0 : undefined}>
            {children}
          </div>
          {footer && (
            <div className={styles.footer} ref={footerBar}>
              {footer}
            </div>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
