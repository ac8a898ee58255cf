import type { languages } from 'monaco-editor/editor/editor.api.js'
import { sqlKeywords } from '../code/sql-words.ts'

/** Lexical rules of PostgreSQL (docs 4.1): nested comments, dollar quotes, doubled quotation marks. */
export const postgresLanguage: languages.IMonarchLanguage = {
  ignoreCase: true,
  unicode: true,
  keywords: [...sqlKeywords],
  tokenizer: {
    root: [
      [/--.*$/, 'comment'],
      [/\/\*/, 'comment', '@comment'],
      [/\$(\w*)\$/, { token: 'string.quote', next: '@dollar.$1' }],
      [/[ebxnu]?&?'/, 'string', '@string'],
      [/"(?:[^"]|"")*"?/, 'identifier'],
      [/\d+(?:\.\d+)?(?:e[+-]?\d+)?/, 'number'],
      [/[\p{L}_][\p{L}\p{N}_$]*/u, { cases: { '@keywords': 'keyword', '@default': 'identifier' } }],
      [/[()[\]]/, '@brackets'],
      [/[-+*/<>=~!@#%^&|`?:]+/, 'operator'],
    ],
    comment: [
      [/[^/*]+/, 'comment'],
      [/\/\*/, 'comment', '@push'],
      [/\*\//, 'comment', '@pop'],
      [/[/*]/, 'comment'],
    ],
    string: [
      [/[^']+/, 'string'],
      [/''/, 'string'],
      [/'/, 'string', '@pop'],
    ],
    // The body of a function is code, so only its delimiters look like a string.
    dollar: [
      [
        /\$(\w*)\$/,
        { cases: { '$1==$S2': { token: 'string.quote', next: '@pop' }, '@default': 'string.quote' } },
      ],
      { include: '@root' },
    ],
  },
}

export const postgresConfiguration: languages.LanguageConfiguration = {
  comments: { lineComment: '--', blockComment: ['/*', '*/'] },
  brackets: [
    ['(', ')'],
    ['[', ']'],
  ],
  autoClosingPairs: [
    { open: '(', close: ')' },
    { open: '[', close: ']' },
    { open: "'", close: "'", notIn: ['string', 'comment'] },
  ],
  surroundingPairs: [
    { open: '(', close: ')' },
    { open: "'", close: "'" },
    { open: '"', close: '"' },
  ],
}
