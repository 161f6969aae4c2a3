import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Options that keep git from running programs of a repository, which may be an archive's or lie within another as plain files. */
const harmless = [
  '--no-optional-locks',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'safe.bareRepository=explicit',
]

/** Objects that a repository claims to have elsewhere would be fetched, by programs that its configuration names. */
const fetchesNothing = { GIT_ALLOW_PROTOCOL: 'none', GIT_NO_LAZY_FETCH: '1' }

/**
 * The commit that a source is at, a folder or a file; forty hex digits and `+` when tracked files differ from it (those of
 * submodules aside); undefined where there is no git or no commit, which is no error. The repository can have nothing run.
 */
export async function commitOf(source: string): Promise<string | undefined> {
  try {
    const directory = (await stat(source)).isDirectory() ? source : dirname(source)
    const env = { ...process.env, ...fetchesNothing }
    const git = async (...args: string[]) =>
      (await run('git', ['-C', directory, ...harmless, ...args], { env })).stdout.trim()
    const commit = await git('rev-parse', '--verify', 'HEAD')
    const unfiltered = withoutFilters(await git(...listFilters))
    // Git looks into a submodule by a git of its own, which obeys the submodule's configuration.
    const changed = await git(
      ...unfiltered,
      'status',
      '--porcelain',
      '--untracked-files=no',
      '--ignore-submodules=dirty',
    )
    return changed === '' ? commit : `${commit}+`
  } catch {
    return undefined
  }
}

/** All of a configuration, since git fails where it has nothing by a name. */
const listFilters = ['config', '--list', '--includes', '--show-scope', '--name-only', '--null']

/**
 * Takes away the programs through which the repository's own configuration would pass its files, and none of the user's.
 *
 * @throws Error for a name that git takes for another one in an argument
 */
function withoutFilters(listed: string): string[] {
  const words = listed.split('\0')
  const names = words.flatMap((scope, index) => {
    const isOfRepository = index % 2 === 0 && (scope === 'local' || scope === 'worktree')
    return isOfRepository ? (/^filter\.([^]+)\.[^.]+$/.exec(words[index + 1] ?? '')?.[1] ?? []) : []
  })
  return [...new Set(names)].flatMap((name) => {
    if (name.includes('=')) throw new Error(`There is a filter with an odd name: ${name}.`)
    const nothing = ['clean=', 'process=', 'required=false']
    return nothing.flatMap((setting) => ['-c', `filter.${name}.${setting}`])
  })
}
