/** A queue that does not answer for so long is asked again later. */
const PATIENCE_MS = 5000

/** What some work with the queue came to, or undefined when it took too long or threw: whoever calls tries again. */
export async function withPatience<T>(work: () => Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS)
  })
  try {
    return await Promise.race([work().catch(() => undefined), late])
  } finally {
    clearTimeout(timer)
  }
}
