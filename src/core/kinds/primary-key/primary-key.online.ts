import { keyOnline } from '../key-online.ts'
import { isQuestion, type Online, type OnlineWay } from '../online.ts'
import { isPrimaryKey, type PrimaryKey } from './primary-key.kind.ts'

const likeAnyKey = keyOnline<PrimaryKey>('PRIMARY KEY', () => false)

export const primaryKeyOnline: Online<PrimaryKey> = {
  ...likeAnyKey,
  added(key, context) {
    const way = likeAnyKey.added?.(key, context) ?? null
    const old = context.from.children(key.parent).filter(isPrimaryKey)
    return way && !isQuestion(way) && old.length > 0 ? atTheEnd(way) : way
  },
}

/** A table has one primary key: the new one takes the place of the old one when no code relies on that any more. */
function atTheEnd(way: OnlineWay): OnlineWay {
  const edits = way.edits.map((edit) =>
    edit.stage === 'settle' ? { ...edit, stage: 'finish' as const } : edit,
  )
  return { ...way, edits }
}
