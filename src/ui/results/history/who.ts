import type { Act } from '../../../release/history/history.ts'
import type { Actor } from '../../../release/values/actor.ts'
import { plainLine } from '../../text/plain.ts'
import { withTimes } from '../../text/time.ts'

/** The process's own claim, so it is shown as a claim. */
export function saysWho({ name, url }: Actor): string {
  return [name === undefined ? '' : `says it acts for ${name}`, url ?? ''].filter(Boolean).join(', ')
}

/** `user/ada` for `arn:aws:iam::123456789012:user/ada`. */
export function shortArn(arn: string): string {
  return plainLine(arn.split(':').slice(5).join(':') || arn)
}

/** `paused by user/ada: lunch`. */
export function actText({ did, by, actor, reason }: Act): string {
  const who = by === undefined ? '' : ` by ${shortArn(by)}`
  return `${did}${who}${actor ? `, ${saysWho(actor)}` : ''}${reason === undefined ? '' : `: ${withTimes(reason)}`}`
}
