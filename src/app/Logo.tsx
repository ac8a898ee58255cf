import styles from './frame.module.css'

export function Logo() {
  return (
    <svg className={styles.logo} width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
      <path d="M4 3v12M4 9h10M14 3 8 9l6 6" />
    </svg>
  )
}
