import { durationWords } from '../../release/values/duration.ts'

/** The last release of an alias, as an alarm is held against it. Times are milliseconds since the epoch. */
export interface LastRelease {
  id: string
  /** The version that got traffic by it. */
  version: string
  /** Its first traffic. */
  wentLive: number
  /** The time at which it lost its traffic again; absent while it has some. */
  wentBack?: number
}

/** How the beginning of an alarm lies to the last release. */
export interface Onset {
  /** The release's id. */
  release: string
  version: string
  /** The first traffic of the version, milliseconds since the epoch. */
  wentLive: number
  when: 'before' | 'after' | 'after-rollback'
  /** From that traffic to the alarm, milliseconds; negative if the alarm was first. */
  afterMs: number
  /** Completes "the alarm fires"; times are in UTC: `since 2026-11-27T03:40:41.000Z, version 2 went live 7 s before`. */
  summary: string
}

/** @param since the time at which the alarm began to fire, milliseconds since the epoch */
export function onsetOf(since: number, release: LastRelease): Onset {
  const { id, version, wentLive, wentBack } = release
  const afterMs = since - wentLive
  const facts = { release: id, version, wentLive, afterMs }
  const from = `since ${new Date(since).toISOString()}`
  if (afterMs < 0) {
    const summary = `${from}, ${durationWords(-afterMs)} before version ${version} went live`
    return { ...facts, when: 'before', summary }
  }
  if (wentBack !== undefined && since >= wentBack) {
    const summary = `${from}, ${durationWords(since - wentBack)} after version ${version} was rolled back`
    return { ...facts, when: 'after-rollback', summary }
  }
  const back =
    wentBack === undefined ? '' : ` and was rolled back ${durationWords(wentBack - since)} after it`
  return {
    ...facts,
    when: 'after',
    summary: `${from}, version ${version} went live ${durationWords(afterMs)} before${back}`,
  }
}

/** An alarm that begins so soon after a release speaks against it, milliseconds; later, something else may be the cause. */
const soonMs = 3_600_000

/** Tells whether a rollback is the first thing to try: the alarm began soon after a version went live that still has traffic. */
export function speaksAgainst(
  { when, afterMs }: Pick<Onset, 'when' | 'afterMs'>,
  { wentBack }: Pick<LastRelease, 'wentBack'>,
): boolean {
  return when === 'after' && wentBack === undefined && afterMs <= soonMs
}
