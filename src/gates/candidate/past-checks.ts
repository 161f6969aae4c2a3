import type { RolledBack } from '../../release/decision/rolled-back.ts'
import type { Check } from '../../release/values/check.ts'
import { type Shipped, shippedWords } from '../../release/values/shipped.ts'

/**
 * Warns that a release would overwrite changes by hand.
 *
 * @param changes in words, from the present value to the new one
 */
export function driftCheck(changes: readonly string[]): Check[] {
  if (changes.length === 0) return []
  const detail = `this release overwrites changes that were made by hand: ${changes.join('; ')}`
  return [{ title: 'drift', outcome: 'warn', detail }]
}

/**
 * Refuses changes of settings by another tool, for a person who wants to release code alone.
 *
 * @param ships undefined if there are none
 */
export function configurationCheck(ships: Shipped | undefined, areRefused: boolean): Check[] {
  if (!ships || !areRefused) return []
  const detail = `--refuse-config-change: this release would also ship ${shippedWords(ships)}`
  const next = [
    `To release the code alone, first put the old settings back with ${ships.by ?? 'the tool that changed them'}.`,
  ]
  return [{ title: 'configuration', outcome: 'fail', detail, next }]
}

/**
 * Warns of environment variables that can't be read: a change of them would be shipped unseen. A person who wants to
 * release code alone is refused.
 *
 * @param hidden Lambda's reason; undefined if they can be read
 */
export function hiddenVariablesCheck(hidden: string | undefined, areRefused: boolean): Check[] {
  if (hidden === undefined) return []
  const why = areRefused ? '--refuse-config-change: ' : ''
  const detail = `${why}the environment variables can't be read, so lambdactl does not know whether this release ships a change of them: ${hidden}`
  return [{ title: 'configuration', outcome: areRefused ? 'fail' : 'warn', detail }]
}

/**
 * Warns that this content was rolled back before.
 *
 * @param now milliseconds since the epoch
 */
export function rolledBackCheck(found: RolledBack | undefined, now: number): Check[] {
  if (!found) return []
  const { by, reason, release, isByHand, time } = found
  const whose = isByHand ? ' by' : ` in release ${release} of`
  const who = by === undefined ? '' : `${whose} ${shortArn(by)}`
  const why = reason === undefined ? '' : `: ${reason}`
  const detail = `exactly this content was rolled back ${agoWords(now - time)} ago${who}${why}`
  return [{ title: 'rolled back', outcome: 'warn', detail }]
}

/** `40 s`, `4 min`, `3 h`, `12 days`. */
function agoWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`
  const hours = Math.floor(seconds / 3600)
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`
}

/** `user/ada` for `arn:aws:iam::123456789012:user/ada`. */
function shortArn(arn: string): string {
  return arn.split(':').slice(5).join(':') || arn
}
