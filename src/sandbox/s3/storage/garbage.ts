import { heldDigests, type S3Context } from './store.ts'

/**
 * Removes contents after the disk no longer refers to them. If they went before, a killed sandbox would come back with
 * objects that have no content.
 *
 * @param afterCommit runs its work when all present changes are on disk
 */
export function createGarbage(
  context: Pick<S3Context, 'objects' | 'earlier' | 'parts' | 'blobs' | 'alone'>,
  afterCommit: (work: () => void) => void,
): S3Context['forget'] {
  const turns = new Map<string, number>()
  let count = 0

  async function drop(digest: string, turn: number): Promise<void> {
    // It was forgotten again since; that later change may not be on disk, and has its own turn.
    if (turns.get(digest) !== turn) return
    turns.delete(digest)
    if (!heldDigests(context).has(digest)) await context.blobs.drop(digest)
  }
  return (contents) => {
    for (const { digest } of contents) {
      const turn = (count += 1)
      turns.set(digest, turn)
      // A file that cannot be removed is swept at the next start.
      afterCommit(() => void context.alone(() => drop(digest, turn)).catch(() => undefined))
    }
  }
}
