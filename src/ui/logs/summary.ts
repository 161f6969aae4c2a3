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
    gaps === 0 ? '0 missing' : `lines missing in ${number(gaps)} ${gaps === 1 ? 'gap' : 'gaps'}`,
    ...(retried === 0 ? [] : [`asked again ${retried === 1 ? 'once' : `${number(retried)} times`}`]),
    ...(reads.groups === undefined
      ? []
      : [`${reads.groups} log groups read by ${reads.callsPerSecond ?? 0} calls/s`]),
    ...(unanswered.length === 0 ? [] : [`not read to the end: ${unanswered.join(', ')}`]),
    ...(denied.length === 0 ? [] : [`not permitted: ${denied.join(', ')}`]),
  ].join(', ')
}

function number(count: number): string {
  return count.toLocaleString('en-US')
}
