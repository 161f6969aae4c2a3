import type { Happening } from '../../../operation/report/happenings.ts'
import type { ReleaseReport, ReportedErrors } from '../../../operation/report/report.ts'
import type { PastRelease } from '../../../release/history/history.ts'
import { durationWords } from '../../../release/values/duration.ts'
import { momentOf } from '../../text/time.ts'
import { saysWho, shortArn } from '../history/who.ts'

/** The kind of an outcome, for its colour. */
export type Mood = 'good' | 'bad' | 'waiting' | 'going'

const moods: Record<PastRelease['outcome'], Mood> = {
  done: 'good',
  'rolled-back': 'bad',
  left: 'bad',
  paused: 'waiting',
  'in progress': 'going',
}

export function moodOf({ outcome }: PastRelease): Mood {
  return moods[outcome]
}

const outcomeWords: Record<PastRelease['outcome'], string> = {
  done: 'done',
  'rolled-back': 'rolled back',
  left: 'left: something else moved the alias',
  paused: 'paused',
  'in progress': 'in progress',
}

/** `rolled back after 12 min`, `in progress for 3 min`. */
export function outcomeText({
  release: { outcome, started, ended, strategy },
  written,
}: ReleaseReport): string {
  const words = outcomeWords[outcome]
  if (strategy === 'rollback') return words
  const length = durationWords(Math.max(1000, (ended ?? written) - started))
  return ended === undefined ? `${words}, ${length} so far` : `${words} after ${length}`
}

/** `version 3 → 4`. */
export function versionsText({ from, candidate }: PastRelease): string {
  return from === undefined ? `version ${candidate}` : `version ${from} → ${candidate}`
}

/** The effect of what happened: `shifted to 10%`. */
export function happeningText({ did, percent }: Happening): string {
  if (did === 'shifted' || did.startsWith('promoted')) return `${did} to ${percentText(percent)}`
  if (did === 'paused') return `paused at ${percentText(percent)}`
  return did
}

/** The person, the system or the process; empty if nobody is known. */
export function whoText({
  by,
  actor,
}: {
  by?: string | undefined
  actor?: Happening['actor'] | undefined
}): string {
  return [by === undefined ? '' : shortArn(by), actor ? saysWho(actor) : ''].filter(Boolean).join(', ')
}

/** `10%`, `0.5%`. */
export function percentText(percent: number): string {
  return `${Number(percent.toPrecision(3))}%`
}

/** `2.4%` for 0.024. */
export function rateText(rate: number | undefined): string {
  return rate === undefined ? 'unknown' : percentText(rate * 100)
}

/** `1,234`, or `unknown`. */
export function countText(count: number | undefined): string {
  return count === undefined ? 'unknown' : Math.round(count).toLocaleString('en')
}

/** `12 ms`, or `unknown`. */
export function msText(ms: number | undefined): string {
  if (ms === undefined) return 'unknown'
  return ms < 10 ? `${Number(ms.toPrecision(2))} ms` : durationWords(Math.round(ms))
}

/** `03:40` of the clock that all times of the report are of. */
export function clockText(time: number): string {
  return momentOf(time, 's').clock.slice(0, 5)
}

/** `11-27` for a chart of several days. */
export function dayText(time: number): string {
  return momentOf(time, 's').date.slice(5)
}

/** The reason why a part is missing; undefined if it was read. */
export function unreadReason(
  { unread }: ReleaseReport,
  part: ReleaseReport['unread'][number]['part'],
): string | undefined {
  return unread.find((each) => each.part === part)?.reason
}

/** Whether CloudWatch has any figure of the release's time. */
export function hasFigures({ versions = [] }: ReleaseReport): boolean {
  return versions.some(({ periods }) => periods.length > 0)
}

/** The sentence in place of figures that are not there. */
export function noFiguresText(report: ReleaseReport): string {
  return (
    unreadReason(report, 'figures') ??
    'CloudWatch has no figures of this time: nothing was invoked, or they have been deleted.'
  )
}

/** A line of a log may have a megabyte; characters. */
const longestKind = 300

/** The kind of a failure, as long as a reader reads it. */
export function kindText({ kind }: ReportedErrors): string {
  return shortened(kind, longestKind)
}

/**
 * The lines of the request that stands for its kind.
 *
 * @param longestLine in characters
 */
export function sampleText({ sample }: ReportedErrors, longestLine: number): string {
  return sample.lines.map((line) => shortened(line, longestLine)).join('\n')
}

/** A text of at most so many characters; a cut one ends with `…`. */
export function shortened(text: string, most: number): string {
  return text.length <= most
    ? text
    : `${text
        .slice(0, Math.max(0, most - 1))
        .toWellFormed()
        .trimEnd()}…`
}
