import './browser-globals.ts'
import { noteStray, serveSandbox } from '../sandbox-server.ts'

/** The worker inside the sandboxed frame. */

self.onunhandledrejection = (event: PromiseRejectionEvent) => noteStray(event.reason)

self.onmessage = ({ ports: [port] }: MessageEvent) => {
  if (port) serveSandbox(port)
}
