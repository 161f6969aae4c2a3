import { stripVTControlCharacters } from 'node:util'
import type { Actor } from '../../release/values/actor.ts'
import { mask } from '../output/mask.ts'
import { githubRun } from '../pipelines/runner.ts'

const longestName = 64
const longestUrl = 300

/**
 * The person or system for whom this process says that it acts, and the run, from the environment; undefined for none.
 */
export function actorOf(env: NodeJS.ProcessEnv): Actor | undefined {
  const name = shortened(env['GITHUB_ACTOR'] || env['GITLAB_USER_LOGIN'], longestName)
  const url = pageOf(githubRun(env) ?? (env['CI_JOB_URL'] || env['BUILD_URL']))
  return name || url ? { ...(name ? { name } : {}), ...(url ? { url } : {}) } : undefined
}

/** An address that a person may open: without credentials, and without a query, which may hold a token. */
function pageOf(text: string | undefined): string | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined
  const { protocol, origin, pathname } = new URL(text)
  if (protocol !== 'https:' && protocol !== 'http:') return undefined
  const page = mask(`${origin}${pathname}`)
  return page.length <= longestUrl ? page : undefined
}

/** For records and terminals: one line without control characters. */
function shortened(text: string | undefined, longest: number): string {
  const line = stripVTControlCharacters(text ?? '')
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
  // Masked before it is cut, since half a secret would not be recognized.
  return mask(line).slice(0, longest).toWellFormed()
}
