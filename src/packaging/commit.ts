import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * The commit that a folder is at, forty hex digits and `+` when tracked files differ from it; undefined where there is
 * no git or no commit, which is no error.
 */
export async function commitOf(directory: string): Promise<string | undefined> {
  const git = async (...args: string[]) => (await run('git', ['-C', directory, ...args])).stdout.trim()
  try {
    const commit = await git('rev-parse', '--verify', 'HEAD')
    const changed = await git('status', '--porcelain', '--untracked-files=no')
    return changed === '' ? commit : `${commit}+`
  } catch {
    return undefined
  }
}
