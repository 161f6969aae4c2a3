import { lstatSync, readFileSync, statSync } from 'node:fs'

/** The largest lockfiles have about ten MB; bytes. */
const largest = 100_000_000

/**
 * The content of a file that says how its folder is packaged; undefined if it is missing. Only a plain file is opened:
 * a FIFO would block, and a device has no end.
 *
 * @throws Error saying why it can't be read; a broken link counts as an error, not as missing
 */
export function readBeside(path: string): Buffer | undefined {
  if (!lstatSync(path, { throwIfNoEntry: false })) return undefined
  const status = statSync(path)
  if (!status.isFile()) throw new Error('it is not a file')
  if (status.size > largest) throw new Error(`it has more than ${largest} bytes`)
  return readFileSync(path)
}
