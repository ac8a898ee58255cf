import styles from './kbd.module.css'
import { shortcutText } from './shortcut-text.ts'

/** A shortcut such as `Mod+K`, in the signs of this computer. */
export function Kbd({ keys }: { readonly keys: string }) {
  return <kbd className={styles.kbd}>{shortcutText(keys)}</kbd>
}
