import { durationWords } from '../../../release/values/duration.ts'
import type { Diagnosis } from '../diagnosis.ts'

/** The credentials in use. Times are milliseconds since the epoch. */
export interface FoundCredentials {
  /** Twelve digits. */
  account: string
  /** The user or the assumed role. */
  arn: string
  /** False for the access keys of a user, which do not expire. */
  isTemporary: boolean
  /** Absent if nothing tells it. */
  until?: number
  /** Whether lambdactl gets new ones by itself, as of SSO, a role or a container. */
  isRenewed: boolean
}

/** Credentials that end sooner are told before any work begins, milliseconds. */
const shortMs = 3_600_000

/**
 * Tells whose credentials these are, and whether they last for a release.
 *
 * @param longestMs of the planned releases, milliseconds
 */
export function credentialsDiagnosis(found: FoundCredentials, longestMs: number, now: number): Diagnosis {
  const title = 'credentials'
  const { arn, account, isTemporary, isRenewed, until } = found
  const whose = `${arn} in the account ${account}`
  if (!isTemporary) return { title, outcome: 'pass', detail: whose }
  if (isRenewed) return { title, outcome: 'pass', detail: `${whose}${renewed(until)}` }
  if (until === undefined)
    return {
      title,
      outcome: 'note',
      detail: `${whose}; they are temporary, and AWS_CREDENTIAL_EXPIRATION does not tell until when`,
    }
  const end = new Date(until).toISOString()
  const leftMs = until - now
  if (leftMs >= Math.max(shortMs, longestMs))
    return { title, outcome: 'pass', detail: `${whose}, until ${end}` }
  const left = leftMs > 0 ? `in ${durationWords(leftMs)}` : 'already'
  return {
    title,
    outcome: 'warn',
    detail: `${whose}; they end ${left}, at ${end}, and a release takes up to ${durationWords(longestMs)}`,
    why: 'A release whose credentials end stops where it is, with its weight in place.',
    next: ['Get new ones before a release, or use a profile, whose credentials lambdactl renews.'],
  }
}

function renewed(until: number | undefined): string {
  return until === undefined
    ? ', renewed by themselves'
    : `, until ${new Date(until).toISOString()} and then renewed`
}
