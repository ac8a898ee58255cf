/** A frame of its own origin, without network or storage, and the worker inside it. */
export interface Sandbox {
  /** Leads to the worker; made for `sandboxMigrator`, and may be transferred to another worker. */
  readonly port: MessagePort
  /** Ends the worker, whatever it is doing. */
  close(): void
}

const startMilliseconds = 20_000

/**
 * Opens a sandbox from the files that scripts/prepare-sandbox.mjs made; `base` is the address of the folder `engine`.
 * Rejects when the frame does not answer.
 */
export async function openSandbox(base: string): Promise<Sandbox> {
  const script = await fetchText(new URL('sandbox-runner.js', base))
  const frame = document.createElement('iframe')
  // Without allow-same-origin its origin is opaque: nothing of the page, its storage or its cookies can be reached.
  frame.sandbox.add('allow-scripts')
  frame.hidden = true
  frame.title = 'Migration sandbox'
  frame.src = new URL('sandbox.html', base).href
  const ready = greeting(frame)
  document.body.append(frame)
  const { port1, port2 } = new MessageChannel()
  try {
    await ready
  } catch (error) {
    frame.remove()
    throw error
  }
  // The frame's origin is opaque, so it cannot be named as the target.
  frame.contentWindow?.postMessage({ script }, '*', [port2])
  return { port: port1, close: () => frame.remove() }
}

async function fetchText(address: URL): Promise<string> {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`${address.pathname} could not be loaded: ${response.status}`)
  return response.text()
}

/** The frame says that it listens. */
function greeting(frame: HTMLIFrameElement): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer)
      removeEventListener('message', hear)
    }
    const hear = (event: MessageEvent) => {
      if (event.source !== frame.contentWindow || event.data !== 'sandbox ready') return
      end()
      resolve()
    }
    const timer = setTimeout(() => {
      end()
      reject(new Error('The migration sandbox did not start'))
    }, startMilliseconds)
    addEventListener('message', hear)
  })
}
