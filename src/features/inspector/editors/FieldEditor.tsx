import type { ReactNode } from 'react'
import { BooleanEditor, ChoiceEditor, ObjectEditor } from './ChoiceEditors.tsx'
import { CodeEditor, ExpressionEditor } from './CodeEditors.tsx'
import { ColumnsEditor } from './ColumnsEditor.tsx'
import type { EditorProps } from './editor-props.ts'
import { IndexKeysEditor } from './IndexKeysEditor.tsx'
import { ObjectsEditor } from './ObjectsEditor.tsx'
import { SequenceOptionsEditor } from './SequenceEditors.tsx'
import { LineEditor, LinesEditor } from './TextEditors.tsx'
import { TriggerEventsEditor } from './TriggerEventsEditor.tsx'
import { TypeEditor } from './TypeEditor.tsx'

/** The control for a field, chosen by the field's editor alone. */
export function FieldEditor(props: EditorProps): ReactNode {
  switch (props.field.editor.type) {
    case 'name':
    case 'text':
    case 'number':
      return <LineEditor {...props} />
    case 'comment':
    case 'texts':
      return <LinesEditor {...props} />
    case 'boolean':
      return <BooleanEditor {...props} />
    case 'choice':
      return <ChoiceEditor {...props} />
    case 'object':
      return <ObjectEditor {...props} />
    case 'expression':
      return <ExpressionEditor {...props} />
    case 'code':
      return <CodeEditor {...props} />
    case 'pg-type':
      return <TypeEditor {...props} />
    case 'columns':
      return <ColumnsEditor {...props} />
    case 'objects':
      return <ObjectsEditor {...props} />
    case 'index-keys':
      return <IndexKeysEditor {...props} />
    case 'sequence-options':
      return <SequenceOptionsEditor {...props} />
    case 'trigger-events':
      return <TriggerEventsEditor {...props} />
    case 'identity':
    case 'generated':
    case 'hidden':
      return null
  }
}
