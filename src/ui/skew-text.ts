import { durationWords } from '../release/duration.ts'

/**
 * Tells that the clock of this machine is off.
 *
 * @param skewMs by how much it is ahead of AWS's, milliseconds; below 0 where it is behind
 */
export function skewText(skewMs: number): string {
  const how = skewMs > 0 ? 'ahead of' : 'behind'
  return `the clock of this machine is ${durationWords(Math.abs(skewMs))} ${how} AWS's, which lambdactl goes by. Set it right, as with \`timedatectl set-ntp true\`: AWS refuses what is signed by a clock that is far off.`
}
