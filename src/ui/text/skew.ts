/**
 * Warns that this machine's clock is wrong.
 *
 * @param skewMs how far it is ahead of AWS's, milliseconds; below 0 if it is behind
 */
export function skewText(skewMs: number): string {
  const how = skewMs > 0 ? 'ahead of' : 'behind'
  return `the clock of this machine is ${roughly(Math.abs(skewMs))} ${how} AWS's clock, which lambdactl uses. Correct it, for example with \`timedatectl set-ntp true\`: AWS refuses calls that are signed with a wrong time.`
}

function roughly(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 120) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 6) / 10} h`
}
