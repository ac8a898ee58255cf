import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { acquireTabLock, type Channel, type LockManager, takeOverTabLock } from './tab-lock.ts'

type Callback = (lock: Lock | null) => unknown

/** The Web Locks of one browser for one name, as the specification has them (W3C Web Locks, "request a lock"). */
function browserLocks(): LockManager {
  let holder: { readonly stolen: (reason: unknown) => void } | null = null
  const queue: (() => void)[] = []
  const grant = (
    callback: Callback,
    resolve: (value: unknown) => void,
    reject: (reason: unknown) => void,
  ) => {
    const own = { stolen: reject }
    holder = own
    void Promise.resolve(callback({ name: 'x', mode: 'exclusive' })).then((value) => {
      if (holder === own) {
        holder = null
        queue.shift()?.()
      }
      resolve(value)
    })
  }
  const request = (_name: string, options: LockOptions, callback: Callback) =>
    new Promise((resolve, reject) => {
      if (options.steal) {
        holder?.stolen(new DOMException('stolen', 'AbortError'))
        grant(callback, resolve, reject)
      } else if (!holder) {
        grant(callback, resolve, reject)
      } else if (options.ifAvailable) {
        resolve(callback(null))
      } else {
        const wait = () => grant(callback, resolve, reject)
        queue.push(wait)
        options.signal?.addEventListener('abort', () => {
          const place = queue.indexOf(wait)
          if (place < 0) return
          queue.splice(place, 1)
          reject(options.signal?.reason)
        })
      }
    })
  // The overload with three arguments is the only one that is called.
  return { request } as unknown as LockManager
}

function browserChannels(): () => Channel {
  const open = new Set<Channel>()
  return () => {
    const channel: Channel = {
      onmessage: null,
      postMessage: (data) => {
        for (const other of open) {
          if (other !== channel)
            queueMicrotask(() => other.onmessage?.(new MessageEvent('message', { data })))
        }
      },
      close: () => void open.delete(channel),
    }
    open.add(channel)
    return channel
  }
}

function tab(answers = true) {
  const said: string[] = []
  return {
    said,
    events: {
      onYield: async () => {
        said.push('saved')
        if (!answers) await new Promise(() => {})
      },
      onLost: () => void said.push('lost'),
    },
  }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('the second tab is told, and may enter when the first has left', async () => {
  const locks = browserLocks()
  const channel = browserChannels()
  const first = await acquireTabLock('p', tab().events, locks, channel())
  expect(first).not.toBeNull()
  expect(await acquireTabLock('p', tab().events, locks, channel())).toBeNull()
  first?.release()
  await vi.advanceTimersByTimeAsync(0)
  expect(await acquireTabLock('p', tab().events, locks, channel())).not.toBeNull()
})

test('taking over lets the first tab save before it loses the project', async () => {
  const locks = browserLocks()
  const channel = browserChannels()
  const first = tab()
  await acquireTabLock('p', first.events, locks, channel())
  const second = await takeOverTabLock('p', tab().events, locks, channel())
  expect(second).not.toBeNull()
  expect(first.said).toEqual(['saved', 'lost'])
})

test('a tab that does not answer loses the project all the same', async () => {
  const locks = browserLocks()
  const channel = browserChannels()
  const first = tab(false)
  await acquireTabLock('p', first.events, locks, channel())
  const taking = takeOverTabLock('p', tab().events, locks, channel(), 3000)
  await vi.advanceTimersByTimeAsync(2999)
  expect(first.said).toEqual(['saved'])
  await vi.advanceTimersByTimeAsync(2)
  expect(await taking).not.toBeNull()
  expect(first.said).toEqual(['saved', 'lost'])
})
