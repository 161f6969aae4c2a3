import type { Actor } from '../../../release/values/actor.ts'
import { plainLine } from '../../text/plain.ts'

/** The process's own claim, so it is shown as a claim. */
export function saysWho({ name, url }: Actor): string {
  return [name === undefined ? '' : `says it acts for ${name}`, url ?? ''].filter(Boolean).join(', ')
}

/** `user/ada` for `arn:aws:iam::123456789012:user/ada`. */
export function shortArn(arn: string): string {
  return plainLine(arn.split(':').slice(5).join(':') || arn)
}
