import 'monaco-editor/features/bracketMatching/register.js'
import 'monaco-editor/features/caretOperations/register.js'
import 'monaco-editor/features/clipboard/register.js'
import 'monaco-editor/features/codeEditor/register.js'
import 'monaco-editor/features/codicon/register.js'
import 'monaco-editor/features/comment/register.js'
import 'monaco-editor/features/contextmenu/register.js'
import 'monaco-editor/features/cursorUndo/register.js'
import 'monaco-editor/features/diffEditor/register.js'
import 'monaco-editor/features/find/register.js'
import 'monaco-editor/features/hover/register.js'
import 'monaco-editor/features/indentation/register.js'
import 'monaco-editor/features/lineSelection/register.js'
import 'monaco-editor/features/linesOperations/register.js'
import 'monaco-editor/features/multicursor/register.js'
import 'monaco-editor/features/placeholderText/register.js'
import 'monaco-editor/features/smartSelect/register.js'
import 'monaco-editor/features/snippet/register.js'
import 'monaco-editor/features/suggest/register.js'
import 'monaco-editor/features/toggleTabFocusMode/register.js'
import 'monaco-editor/features/wordHighlighter/register.js'
import 'monaco-editor/features/wordOperations/register.js'
import 'monaco-editor/languages/definitions/javascript/register.js'
import * as monaco from 'monaco-editor/editor/editor.api.js'
import { completionProvider } from './completion.ts'
import { postgresConfiguration, postgresLanguage } from './postgres-language.ts'
import { followTheme } from './theme.ts'

/** The language id of every SQL editor. */
export const sqlLanguage = 'postgresql'

globalThis.MonacoEnvironment = {
  getWorker: () => new Worker(new URL('./editor.worker.ts', import.meta.url), { type: 'module' }),
}

monaco.languages.register({ id: sqlLanguage, aliases: ['PostgreSQL'] })
monaco.languages.setMonarchTokensProvider(sqlLanguage, postgresLanguage)
monaco.languages.setLanguageConfiguration(sqlLanguage, postgresConfiguration)
monaco.languages.registerCompletionItemProvider(sqlLanguage, completionProvider(monaco))
followTheme(monaco)

export { monaco }
