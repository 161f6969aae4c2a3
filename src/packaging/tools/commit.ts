import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { commitOfJob } from './commit-of-job.ts'
import { GitFailure, git } from './git.ts'

/** The reason why git names no commit. */
interface NoCommit {
  /** A clause, as in `/shop is in no git repository`. */
  readonly why: string
  readonly next: string
  /** Whether there can be no commit: no repository, or an empty one. */
  readonly isOrdinary: boolean
}

/** The commit that a source is at. */
export interface CommitFound {
  /**
   * Forty hex digits, and `+` if tracked files differ from it (except in submodules); undefined if no commit is known.
   */
  readonly commit: string | undefined
  /** The CI variable that named the commit instead of git; it does not tell whether files differ. */
  readonly variable?: string
  /** The reason why git names no commit; absent if it does. */
  readonly lacking?: NoCommit
}

/**
 * Looks up the commit of a source, a folder or a file, which may be missing. Git is asked first, then the variables of
 * a CI job. The repository can't make git run programs.
 */
export async function commitOf(
  source: string,
  variables: Readonly<Record<string, string | undefined>> = process.env,
): Promise<CommitFound> {
  const folder = folderOf(source)
  try {
    return { commit: await commitAt(folder) }
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error
    const lacking = lackingIn(folder, error)
    return { ...(commitOfJob(folder, variables) ?? { commit: undefined }), lacking }
  }
}

/** The folder itself, or else the nearest existing folder above it. */
function folderOf(source: string): string {
  const found = statSync(source, { throwIfNoEntry: false })
  return found?.isDirectory() || dirname(source) === source ? source : folderOf(dirname(source))
}

async function commitAt(folder: string): Promise<string> {
  const commit = await git(folder, 'rev-parse', '--verify', 'HEAD')
  const unfiltered = withoutFilters(await git(folder, ...listFilters))
  // In a submodule git runs another git, which obeys the submodule's configuration.
  const status = ['status', '--porcelain', '--untracked-files=no', '--ignore-submodules=dirty']
  return (await git(folder, ...unfiltered, ...status)) === '' ? commit : `${commit}+`
}

/** Lists the whole configuration, since git fails if a name has no value. */
const listFilters = ['config', '--list', '--includes', '--show-scope', '--name-only', '--null']

/**
 * Removes the programs through which the repository's own configuration would pass files, and keeps the user's.
 *
 * @throws GitFailure for a name that git would read differently in an argument
 */
function withoutFilters(listed: string): string[] {
  const words = listed.split('\0')
  const names = words.flatMap((scope, index) => {
    const isOfRepository = index % 2 === 0 && (scope === 'local' || scope === 'worktree')
    return isOfRepository ? (/^filter\.([^]+)\.[^.]+$/.exec(words[index + 1] ?? '')?.[1] ?? []) : []
  })
  return [...new Set(names)].flatMap((name) => {
    if (name.includes('=')) throw new GitFailure({ stderr: `no filter can be called ${name}` })
    const nothing = ['clean=', 'process=', 'required=false']
    return nothing.flatMap((setting) => ['-c', `filter.${name}.${setting}`])
  })
}

function lackingIn(folder: string, { startError, words }: GitFailure): NoCommit {
  // Git may refuse a .git, such as a worktree's whose repository is elsewhere; then git's own words say why.
  const isMissing = startError !== undefined || words.includes('not a git repository')
  if (isMissing && !isBelowRepository(folder)) {
    const next = 'Run the command in a git repository with a commit.'
    return { why: `${folder} is in no git repository`, next, isOrdinary: true }
  }
  if (words === 'fatal: Needed a single revision') {
    return {
      why: `the git repository of ${folder} has no commit`,
      next: 'Commit first, then run the command again.',
      isOrdinary: true,
    }
  }
  if (startError !== undefined) {
    const why = startError === 'ENOENT' ? 'git is not installed here' : `git can't be started (${startError})`
    return { why, next: 'Install git, and make sure that PATH has it.', isOrdinary: false }
  }
  return { why: `git refused ${folder}: ${refusal(words)}`, next: wayPast(words), isOrdinary: false }
}

/** The first line is the reason; the other lines are advice. */
function refusal(words: string): string {
  return words.split('\n', 1)[0]?.replace(/^fatal: /, '') ?? ''
}

/** Git's own advice if it names a command; the path in it is quoted for a shell. */
function wayPast(words: string): string {
  const [advised] = /^\s*git config --global --add safe\.directory .+$/m.exec(words) ?? []
  return advised === undefined
    ? 'See the whole message of git: git status, in that folder'
    : `If you trust that repository: ${advised.trim()}`
}

function isBelowRepository(folder: string): boolean {
  if (existsSync(join(folder, '.git'))) return true
  return dirname(folder) !== folder && isBelowRepository(dirname(folder))
}
