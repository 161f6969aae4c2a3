/**
 * Keeps a sandbox alive after an error outside of any request, such as a lack of file descriptors: Node would end it,
 * with its records and handlers, and print its bundled source.
 *
 * @param tell is called with each error, but once for each message
 */
export function outliveErrors(tell: (error: unknown) => void): void {
  const told = new Set<string>()
  process.on('uncaughtException', (error) => {
    if (told.has(String(error))) return
    told.add(String(error))
    tell(error)
  })
}
