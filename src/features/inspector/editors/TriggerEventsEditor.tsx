import { type TriggerEvent, triggerEvents } from '../../../core/kinds/trigger/trigger.kind.ts'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import styles from '../inspector.module.css'
import type { EditorProps } from './editor-props.ts'

/** What fires a trigger: at least one event. */
export function TriggerEventsEditor({ field, value, set }: EditorProps) {
  // The kind's own guard, so that the events have the type it checks.
  const isEvents = (events: unknown): events is readonly TriggerEvent[] => field.valid(events)
  if (!isEvents(value)) return null
  return (
    <div className={styles.checks}>
      {triggerEvents.map((event) => (
        <Checkbox
          key={event}
          checked={value.includes(event)}
          disabled={value.length === 1 && value[0] === event}
          onChange={(on) => set(triggerEvents.filter((each) => (each === event ? on : value.includes(each))))}
        >
          {event[0]?.toUpperCase().concat(event.slice(1))}
        </Checkbox>
      ))}
    </div>
  )
}
