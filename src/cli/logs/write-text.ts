/** Writes a text and waits until the reader has taken it, or until the signal is aborted. */
export async function writeText(
  stream: NodeJS.WritableStream,
  text: string,
  signal: AbortSignal,
): Promise<void> {
  if (text === '' || stream.write(text) || signal.aborted) return
  const { promise, resolve } = Promise.withResolvers<void>()
  const go = () => resolve()
  stream.once('drain', go)
  signal.addEventListener('abort', go)
  await promise
  stream.off('drain', go)
  signal.removeEventListener('abort', go)
}
