import type { editor } from 'monaco-editor/editor/editor.api.js'
import type { Monaco } from './load-monaco.ts'

const themeName = 'relata'

/** Keeps Monaco's theme equal to the tokens of the page's `data-theme`. */
export function followTheme(monaco: Monaco): void {
  const apply = () => {
    monaco.editor.defineTheme(themeName, themeOf(getComputedStyle(document.documentElement)))
    monaco.editor.setTheme(themeName)
  }
  apply()
  new MutationObserver(apply).observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['data-theme'],
  })
}

/** Brackets have no meaning that a colour could tell. */
const bracketColours = [1, 2, 3, 4, 5, 6].map((depth) => `editorBracketHighlight.foreground${depth}`)

/** Monaco takes only `#rrggbb`; the build's CSS has the shortest form of a colour: `#fff`, `red`. */
function sixDigits(colour: string): string {
  const context = document.createElement('canvas').getContext('2d')
  if (!context) return colour
  context.fillStyle = colour
  return String(context.fillStyle)
}

function themeOf(style: CSSStyleDeclaration): editor.IStandaloneThemeData {
  const colour = (token: string) => sixDigits(style.getPropertyValue(`--${token}`).trim())
  const rule = (token: string, name: string, fontStyle = '') => ({
    token,
    foreground: colour(name).replace('#', ''),
    fontStyle,
  })
  return {
    base: style.colorScheme === 'dark' ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      rule('', 'text'),
      rule('keyword', 'code-keyword'),
      rule('string', 'code-string'),
      rule('number', 'code-number'),
      rule('comment', 'code-comment', 'italic'),
      rule('identifier', 'text'),
      rule('type', 'text'),
      rule('operator', 'text'),
      rule('delimiter', 'text'),
    ],
    colors: {
      'editor.background': colour('field'),
      'editor.foreground': colour('text'),
      'editorCursor.foreground': colour('text'),
      'editor.selectionBackground': colour('accent-soft'),
      'editor.inactiveSelectionBackground': colour('active'),
      'editor.lineHighlightBackground': colour('hover'),
      'editor.lineHighlightBorder': `${colour('field')}00`,
      'editorLineNumber.foreground': colour('text-3'),
      'editorLineNumber.activeForeground': colour('text-2'),
      'editor.placeholder.foreground': colour('text-3'),
      'editorError.foreground': colour('error'),
      'editorWarning.foreground': colour('warning'),
      'editorBracketMatch.background': colour('active'),
      'editorBracketMatch.border': colour('line-strong'),
      ...Object.fromEntries(bracketColours.map((name) => [name, colour('text')])),
      'editorIndentGuide.background1': colour('line'),
      'editor.wordHighlightBackground': colour('active'),
      'editor.findMatchBackground': colour('accent-line'),
      'editor.findMatchHighlightBackground': colour('accent-soft'),
      'diffEditor.insertedLineBackground': colour('valid-soft'),
      'diffEditor.insertedTextBackground': `${colour('valid')}33`,
      'diffEditor.removedLineBackground': colour('error-soft'),
      'diffEditor.removedTextBackground': `${colour('error')}33`,
      'diffEditor.unchangedRegionBackground': colour('chrome'),
      'diffEditor.unchangedRegionForeground': colour('text-3'),
      'editorWidget.background': colour('raised'),
      'editorWidget.foreground': colour('text'),
      'editorWidget.border': colour('line-strong'),
      'editorSuggestWidget.background': colour('raised'),
      'editorSuggestWidget.border': colour('line-strong'),
      'editorSuggestWidget.foreground': colour('text'),
      'editorSuggestWidget.highlightForeground': colour('accent-text'),
      'editorSuggestWidget.selectedBackground': colour('accent-soft'),
      'editorSuggestWidget.selectedForeground': colour('text'),
      'editorSuggestWidget.focusHighlightForeground': colour('accent-text'),
      'editorHoverWidget.background': colour('raised'),
      'editorHoverWidget.border': colour('line-strong'),
      'input.background': colour('field'),
      'input.border': colour('control-line'),
      'list.hoverBackground': colour('hover'),
      focusBorder: colour('focus'),
      'menu.background': colour('raised'),
      'menu.foreground': colour('text'),
      'menu.selectionBackground': colour('accent-soft'),
      'menu.selectionForeground': colour('text'),
      'scrollbarSlider.background': `${colour('control-line')}55`,
      'scrollbarSlider.hoverBackground': `${colour('control-line')}88`,
      'scrollbarSlider.activeBackground': `${colour('control-line')}aa`,
      'widget.shadow': '#00000022',
    },
  }
}
