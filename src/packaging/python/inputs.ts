import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'

/** The inputs of an install: packages from an earlier install are the same only where all inputs are. */
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

  /** Says that something is read whose content isn't added. @param what as the file has it that names it */
  leave(what: string): void {
    this.firstUnread ??= what
  }

  /** The first that was left; undefined where all that is read was added. */
  get unread(): string | undefined {
    return this.firstUnread
  }

  /** SHA-256 in hex over all that was added; to be asked for once. */
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
