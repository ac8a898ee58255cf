/** Milliseconds in which a config must be loaded: some ask a server for what they need. */
export const configTimeLimit = 10_000

/** The same for the `.sequelizerc` files of a folder. */
export const sequelizercTimeLimit = 5000

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
