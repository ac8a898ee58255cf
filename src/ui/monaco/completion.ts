import type { editor, languages } from 'monaco-editor/editor/editor.api.js'
import type { Monaco } from './load-monaco.ts'

/** One thing that completion may insert. */
export interface Completion {
  readonly label: string
  readonly kind: 'keyword' | 'relation' | 'field' | 'routine' | 'datatype' | 'value'
  /** Shown at the right: a column's type and table. */
  readonly detail?: string
  /** What is inserted; absent: the label. */
  readonly insert?: string
  /** Offered after `owner.`: a column's table. */
  readonly owner?: string
}

const lists = new WeakMap<editor.ITextModel, () => readonly Completion[]>()

/** Completion in `model` offers what `list` gives at the time. */
export function offerCompletions(model: editor.ITextModel, list: () => readonly Completion[]): void {
  lists.set(model, list)
}

/** After `name.`, the members of `name` (also by an alias of it in the text); otherwise everything. */
export function completionsAt(
  list: readonly Completion[],
  text: string,
  lineBefore: string,
): readonly Completion[] {
  const qualifier = /([\p{L}_][\p{L}\p{N}_$]*)\.[\p{L}\p{N}_$]*$/u.exec(lineBefore)?.[1]?.toLowerCase()
  if (qualifier === undefined) return list
  const aliased = new RegExp(`\\b([\\p{L}_][\\p{L}\\p{N}_$]*)\\s+(?:as\\s+)?${escaped(qualifier)}\\b`, 'giu')
  const owners = new Set([qualifier])
  for (const [, owner] of text.matchAll(aliased)) if (owner) owners.add(owner.toLowerCase())
  return list.filter((item) => item.owner !== undefined && owners.has(item.owner.toLowerCase()))
}

function escaped(text: string): string {
  return text.replaceAll('$', '\\$')
}

export function completionProvider(monaco: Monaco): languages.CompletionItemProvider {
  const kinds = monaco.languages.CompletionItemKind
  const kindOf = {
    keyword: kinds.Keyword,
    relation: kinds.Struct,
    field: kinds.Field,
    routine: kinds.Function,
    datatype: kinds.Interface,
    value: kinds.Value,
  } as const
  return {
    triggerCharacters: ['.'],
    provideCompletionItems: (model, position) => {
      const word = model.getWordUntilPosition(position)
      const range = {
        startLineNumber: position.lineNumber,
        endLineNumber: position.lineNumber,
        startColumn: word.startColumn,
        endColumn: word.endColumn,
      }
      const before = model.getLineContent(position.lineNumber).slice(0, position.column - 1)
      const items = completionsAt(lists.get(model)?.() ?? [], model.getValue(), before)
      return {
        suggestions: items.map((item) => ({
          label: item.detail === undefined ? item.label : { label: item.label, description: item.detail },
          kind: kindOf[item.kind],
          insertText: item.insert ?? item.label,
          range,
          sortText: `${item.kind === 'keyword' ? 'z' : 'a'}${item.label}`,
        })),
      }
    },
  }
}
