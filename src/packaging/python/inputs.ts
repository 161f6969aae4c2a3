import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'

/** The inputs of an install. An earlier install can be used again only if all inputs are equal. */
export class Inputs {
  private readonly hash = createHash('sha256')
  private firstUnread: string | undefined

  add(content: string | Buffer): void {
    this.hash.update(`${content.length}:`).update(content)
  }

  /** @returns whether the file is there */
  async addFile(path: string): Promise<boolean> {
    if (!(await isFile(path))) return false
    this.add(await readFile(path))
    return true
  }

  /** Notes an input whose content isn't added. @param what the name in the file that mentions it */
  leave(what: string): void {
    this.firstUnread ??= what
  }

  /** The first input whose content wasn't added; undefined if all were added. */
  get unread(): string | undefined {
    return this.firstUnread
  }

  /** SHA-256 in hex over all added inputs; call it once. */
  digest(): string {
    return this.hash.digest('hex')
  }
}

export async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}
