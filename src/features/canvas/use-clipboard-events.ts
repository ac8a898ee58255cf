import { useEffect } from 'react'
import { clipText, pasteText } from './clipboard.ts'
import { removeSelection } from './edits.ts'

/** The browser's own copy, cut and paste, unless a text is being edited or selected. */
export function useClipboardEvents(): void {
  useEffect(() => {
    const copy = (event: ClipboardEvent) => {
      if (isTextWork(event)) return
      const text = clipText()
      if (text === null) return
      event.clipboardData?.setData('text/plain', text)
      event.preventDefault()
      if (event.type === 'cut') removeSelection()
    }
    const paste = (event: ClipboardEvent) => {
      if (isTextWork(event)) return
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (text === '') return
      event.preventDefault()
      void pasteText(text)
    }
    document.addEventListener('copy', copy)
    document.addEventListener('cut', copy)
    document.addEventListener('paste', paste)
    return () => {
      document.removeEventListener('copy', copy)
      document.removeEventListener('cut', copy)
      document.removeEventListener('paste', paste)
    }
  }, [])
}

function isTextWork(event: ClipboardEvent): boolean {
  const { target } = event
  if (!(target instanceof Element)) return false
  if (target.closest('input, textarea, [contenteditable="true"], .monaco-editor, [role="dialog"]'))
    return true
  return event.type !== 'paste' && document.getSelection()?.isCollapsed === false
}
