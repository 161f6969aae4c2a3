import { execFile } from 'node:child_process'
import { promisify, stripVTControlCharacters } from 'node:util'

const run = promisify(execFile)

/**
 * Options that keep git from running programs of a repository, which may come from an archive or lie in another as
 * plain files.
 */
const harmless = [
  '--no-optional-locks',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'safe.bareRepository=explicit',
]

/** A repository may claim that objects are elsewhere; git would fetch them by programs that its configuration names. */
const fetchesNothing = { GIT_ALLOW_PROTOCOL: 'none', GIT_NO_LAZY_FETCH: '1' }

/** lambdactl recognizes git's messages, so they have to be English. */
const inEnglish = { LC_ALL: 'C', LANGUAGE: 'C' }

/** A failed run of git. */
export class GitFailure extends Error {
  /** The reason why git could not be started, as in `ENOENT`; undefined if it started. */
  readonly startError: string | undefined
  /** The text that git wrote, without control characters. */
  readonly words: string

  constructor(cause: unknown) {
    super('git failed', { cause })
    const { code, stderr = '' } = cause as { code?: unknown; stderr?: string }
    this.startError = typeof code === 'string' ? code : undefined
    this.words = stripVTControlCharacters(stderr)
      .replace(/[^\P{Cc}\n]/gu, ' ')
      .trim()
  }
}

/**
 * Runs git in a folder, and the repository can't make git run programs.
 *
 * @returns git's output without white space around it
 * @throws GitFailure
 */
export async function git(folder: string, ...args: readonly string[]): Promise<string> {
  const env = { ...process.env, ...fetchesNothing, ...inEnglish }
  try {
    return (await run('git', ['-C', folder, ...harmless, ...args], { env })).stdout.trim()
  } catch (cause) {
    throw new GitFailure(cause)
  }
}
