import { Toast } from '@base-ui/react/toast'
import { classNames } from './class-names.ts'
import { Icon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'
import styles from './toast.module.css'
import { toastManager } from './toast.ts'

/** Where toasts appear; once per page. */
export function Toasts() {
  return (
    <Toast.Provider toastManager={toastManager}>
      <Toast.Portal>
        <Toast.Viewport className={styles.viewport}>
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function ToastList() {
  const { toasts } = Toast.useToastManager()
  return toasts.map((item) => (
    <Toast.Root
      key={item.id}
      toast={item}
      className={classNames(styles.toast, item.type === 'error' && styles.error)}
    >
      {item.type === 'error' && <Icon name="circle-x" size={14} />}
      <Toast.Content className={styles.content}>
        <Toast.Title className={styles.title} render={<div />} />
        <Toast.Description className={styles.description} />
      </Toast.Content>
      <Toast.Close render={<IconButton icon="x" label="Close" size="small" />} />
    </Toast.Root>
  ))
}
