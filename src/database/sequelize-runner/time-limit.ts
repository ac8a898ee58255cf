/** Rejects with the code `time-limit` when the work has not ended by then; an endless loop keeps it from noticing. */
export async function withTimeLimit(work: () => Promise<void>, milliseconds: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const limit = new Promise<never>((_, reject) => {
    const error = Object.assign(new Error(`It ran longer than ${milliseconds / 1000} s`), {
      code: 'time-limit',
    })
    timer = setTimeout(() => reject(error), milliseconds)
  })
  try {
    await Promise.race([work(), limit])
  } finally {
    clearTimeout(timer)
  }
}
