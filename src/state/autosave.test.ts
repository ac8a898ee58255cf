import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Autosave, createAutosave, type SavingState } from './autosave.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** An autosave over a text that is "on disk" when a write has been let through. */
function saving(failures: string[] = []) {
  const disk: string[] = []
  const states: SavingState['saving'][] = []
  let text = ''
  let letThrough: (() => void) | null = null
  const autosave: Autosave = createAutosave({
    save: async () => {
      const written = text
      await new Promise<void>((resolve) => {
        letThrough = resolve
      })
      const failure = failures.shift() ?? null
      if (failure === null) disk.push(written)
      return failure
    },
    onState: (state) => void states.push(state.saving),
  })
  return {
    autosave,
    disk,
    states,
    type(next: string) {
      text = next
      autosave.touch()
    },
    async finishWrite() {
      letThrough?.()
      await vi.advanceTimersByTimeAsync(0)
    },
  }
}

test('saves once after a rest', async () => {
  const page = saving()
  page.type('a')
  page.type('ab')
  await vi.advanceTimersByTimeAsync(399)
  expect(page.states).not.toContain('saving')
  await vi.advanceTimersByTimeAsync(1)
  expect(page.autosave.pending()).toBe(true)
  await page.finishWrite()
  expect(page.autosave.pending()).toBe(false)
  expect(page.disk).toEqual(['ab'])
  expect(page.states.at(-1)).toBe('saved')
})

test('does not wait for ever while edits go on', async () => {
  const page = saving()
  for (let edit = 0; edit < 9; edit += 1) {
    page.type(`edit ${edit}`)
    await vi.advanceTimersByTimeAsync(300)
  }
  await page.finishWrite()
  expect(page.disk.length).toBeGreaterThan(0)
})

test('an edit during a write is written after it, and only then all is saved', async () => {
  const page = saving()
  page.type('first')
  await vi.advanceTimersByTimeAsync(400)
  page.type('second')
  await page.finishWrite()
  expect(page.states.at(-1)).not.toBe('saved')
  await page.finishWrite()
  expect(page.disk).toEqual(['first', 'second'])
  expect(page.states.at(-1)).toBe('saved')
})

test('flush writes at once', async () => {
  const page = saving()
  page.type('now')
  const flushed = page.autosave.flush()
  await page.finishWrite()
  await flushed
  expect(page.disk).toEqual(['now'])
})

test('a failed write is said and tried again', async () => {
  const page = saving(['No room left.'])
  page.type('big')
  await vi.advanceTimersByTimeAsync(400)
  await page.finishWrite()
  expect(page.states.at(-1)).toBe('failed')
  await vi.advanceTimersByTimeAsync(10_000)
  await page.finishWrite()
  expect(page.disk).toEqual(['big'])
})

test('writes nothing after it was stopped', async () => {
  const page = saving()
  page.type('gone')
  page.autosave.stop()
  await vi.advanceTimersByTimeAsync(5000)
  page.type('more')
  await vi.advanceTimersByTimeAsync(5000)
  expect(page.states).not.toContain('saving')
})
