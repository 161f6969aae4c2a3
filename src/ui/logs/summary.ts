import type { Tally } from '../../logs/following/tally.ts'

/** `4,120 shown, 38 late, 0 missing`. */
export function summaryText({
  shown,
  late,
  gaps,
  denied,
  retried,
  unanswered = [],
  ...reads
}: Tally): string {
  return [
    `${number(shown)} shown`,
    `${number(late)} late`,
    ...missing(gaps, unanswered),
    ...(retried === 0 ? [] : [`asked again ${retried === 1 ? 'once' : `${number(retried)} times`}`]),
    ...(reads.groups === undefined
      ? []
      : [`${reads.groups} log groups read by ${reads.callsPerSecond ?? 0} calls/s`]),
    ...(denied.length === 0 ? [] : [`not permitted: ${denied.join(', ')}`]),
  ].join(', ')
}

/** Nobody knows of lines that were not read. */
function missing(gaps: number, unanswered: readonly string[]): string[] {
  const lost = gaps === 0 ? [] : [`lines missing in ${number(gaps)} ${gaps === 1 ? 'gap' : 'gaps'}`]
  const unread = unanswered.length === 0 ? [] : [`not read to the end: ${unanswered.join(', ')}`]
  return lost.length + unread.length === 0 ? ['0 missing'] : [...lost, ...unread]
}

function number(count: number): string {
  return count.toLocaleString('en-US')
}
