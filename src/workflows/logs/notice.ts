import { LambdactlError } from '../../errors/error.ts'

/** The notices of a tail beside its lines. Times are milliseconds since the epoch, by AWS's clock. */
export type Notice =
  /** There is no such function yet; it joins when it is created. */
  | { notice: 'waiting-for-function'; function: string }
  /** The function has no such alias yet, so no line can be told to be of its versions. */
  | { notice: 'no-alias'; function: string; alias: string }
  /** The alias gives all traffic to one version, so there are no lines of a candidate for now. */
  | { notice: 'no-candidate'; function: string; alias: string }
  /** No function has this version now. Lines of a version that was deleted may still be there. */
  | { notice: 'unknown-version'; version: string; functions: readonly string[]; next: readonly string[] }
  /** Lambda throttled so many requests, by its metric: they have no lines. */
  | ({
      notice: 'throttled'
      function: string
      /** How many requests. */
      count: number
    } & Span)
  /** The throttled requests could not be counted. */
  | { notice: 'throttles-unknown'; function: string; reason: string; next: readonly string[] }
  /** The request has an X-Ray trace; `url` is its page in the console, which only AWS itself has. */
  | {
      notice: 'trace'
      requestId: string
      /** The number of the attempt, from the second one on. */
      attempt?: number
      traceId: string
      url?: string
    }
  /** The function has no log group yet. */
  | { notice: 'waiting-for-group'; group: string }
  /** No answer; the tail keeps asking. `next` is the person's next step, for example for expired credentials. */
  | { notice: 'retrying'; group: string; reason: string; next: readonly string[]; isRepeated?: true }
  /** Answers again: everything that was written since `from` is read. */
  | ({ notice: 'resumed'; group: string } & Span)
  /** This group may not be read; the others go on. */
  | { notice: 'denied'; group: string; reason: string; next: readonly string[] }
  /** Events in this time can't be read any more. */
  | ({ notice: 'gap'; group: string; reason: string } & Span)
  /** Many groups share the account's calls a second: each is read in this time if all of them write; milliseconds. */
  | { notice: 'shared-quota'; groups: number; perSecond: number; everyMs: number }
  /** The end of a tail that followed: the calls that read events, and the time that they took, milliseconds. */
  | { notice: 'calls'; calls: number; ms: number }
  /** Live Tail gives only some of the lines of a busy second; polling gives the others. */
  | { notice: 'live-sampled'; groups: readonly string[] }
  /** The session of Live Tail broke off and is started again; polling goes on. */
  | { notice: 'live-interrupted'; groups: readonly string[]; reason: string }
  /** Live Tail goes on. */
  | { notice: 'live-resumed'; groups: readonly string[] }
  /** Live Tail can't be used; polling goes on. */
  | { notice: 'live-off'; groups: readonly string[]; reason: string; next: readonly string[] }
  /** The end of Live Tail: how many lines it gave first, how many it left out and polling gave, and its minutes. */
  | { notice: 'live-ended'; given: number; recovered: number; minutes: number }

interface Span {
  /** Milliseconds since the epoch. */
  from: number
  /** Milliseconds since the epoch. */
  to: number
}

/** A notice in a stream of events. */
export type NoticeEvent = { event: 'notice' } & Notice

/** The error of a reading that is worth nothing without a group that may not be read. */
export function deniedError({ reason, next }: Notice & { notice: 'denied' }): LambdactlError {
  return new LambdactlError('NOT_PERMITTED', reason, { next })
}
