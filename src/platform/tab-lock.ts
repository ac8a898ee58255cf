/** The part of the Web Locks API that is used; tests pass their own. */
export type LockManager = Pick<globalThis.LockManager, 'request'>

/** The part of BroadcastChannel that is used. */
export interface Channel {
  postMessage(message: unknown): void
  onmessage: ((event: MessageEvent) => void) | null
  close(): void
}

export interface TabLockEvents {
  /** Another tab asks for the project: save what is unsaved. The lock is given up when the promise is settled. */
  onYield(): Promise<void>
  /** The lock is gone: nothing may be written any more. */
  onLost(): void
}

/** Holds one project for this tab, so that no other tab writes it. */
export interface TabLock {
  release(): void
}

/** How long the holder has to save before the lock is taken without its consent, in milliseconds. */
const patience = 3000

function lockName(projectId: string): string {
  return `relata.project.${projectId}`
}

function openChannel(projectId: string): Channel {
  return new BroadcastChannel(lockName(projectId))
}

/** Takes the project for this tab; null when another tab holds it. */
export function acquireTabLock(
  projectId: string,
  events: TabLockEvents,
  locks: LockManager = navigator.locks,
  channel: Channel = openChannel(projectId),
): Promise<TabLock | null> {
  return request(projectId, events, { ifAvailable: true }, locks, channel)
}

/**
 * Takes the project from the tab that holds it: asks that tab to save and yield, and takes the lock by force when it
 * does not answer in time.
 */
export async function takeOverTabLock(
  projectId: string,
  events: TabLockEvents,
  locks: LockManager = navigator.locks,
  channel: Channel = openChannel(projectId),
  milliseconds = patience,
): Promise<TabLock | null> {
  channel.postMessage('yield')
  const patient = new AbortController()
  const timer = setTimeout(() => patient.abort(), milliseconds)
  try {
    return await request(projectId, events, { signal: patient.signal }, locks, channel)
  } catch {
    return request(projectId, events, { steal: true }, locks, channel)
  } finally {
    clearTimeout(timer)
  }
}

function request(
  projectId: string,
  events: TabLockEvents,
  options: LockOptions,
  locks: LockManager,
  channel: Channel,
): Promise<TabLock | null> {
  return new Promise((resolve, reject) => {
    let held = false
    let given = false
    const held$ = locks.request(lockName(projectId), options, (lock) => {
      if (lock === null) {
        channel.close()
        resolve(null)
        return
      }
      held = true
      return new Promise<void>((letGo) => {
        const release = () => {
          given = true
          channel.close()
          letGo()
        }
        channel.onmessage = ({ data }) => {
          if (data !== 'yield') return
          void events.onYield().finally(() => {
            release()
            events.onLost()
          })
        }
        resolve({ release })
      })
    })
    held$.catch((error: unknown) => {
      if (!held) {
        reject(error)
      } else if (!given) {
        channel.close()
        events.onLost()
      }
    })
  })
}
