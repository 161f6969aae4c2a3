import { execFile } from 'node:child_process'
import { promisify, stripVTControlCharacters } from 'node:util'

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

/** Git's words are told apart, so they have to be English. */
const inEnglish = { LC_ALL: 'C', LANGUAGE: 'C' }

/** The failure of a run of git. */
export class GitFailure extends Error {
  /** Why it could not be started, as in `ENOENT`; undefined where it was. */
  readonly startError: string | undefined
  /** The text that it wrote, without control characters. */
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
 * Runs git in a folder, whose repository can have nothing run.
 *
 * @returns what it wrote, without white space around it
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
