import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What a repository that came as an archive, or lies within another as files of it, could have git run. */
const harmless = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'safe.bareRepository=explicit',
]

/**
 * The commit that a source is at, a folder or a file; forty hex digits and `+` when tracked files differ from it; undefined
 * where there is no git or no commit, which is no error.
 */
export async function commitOf(source: string): Promise<string | undefined> {
  try {
    const directory = (await stat(source)).isDirectory() ? source : dirname(source)
    const git = async (...args: string[]) =>
      (await run('git', ['-C', directory, ...harmless, ...args])).stdout.trim()
    const commit = await git('rev-parse', '--verify', 'HEAD')
    const changed = await git('status', '--porcelain', '--untracked-files=no')
    return changed === '' ? commit : `${commit}+`
  } catch {
    return undefined
  }
}
