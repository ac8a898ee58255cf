import { Toast } from '@base-ui/react/toast'

/** The queue that `Toasts` shows. */
export const toastManager = Toast.createToastManager()

/** Says what has no place of its own on the page. An error stays until it is closed. */
export function toast(title: string, options: { description?: string; error?: boolean } = {}): void {
  toastManager.add({
    title,
    type: options.error ? 'error' : 'info',
    timeout: options.error ? 0 : 5000,
    ...(options.description === undefined ? {} : { description: options.description }),
  })
}
