import type { Notice } from '../../workflows/logs/notice.ts'
import { count } from '../text/figures.ts'
import type { TimeTeller } from '../text/time.ts'

/** A notice of a tail, for stderr. */
export function noticeText(notice: Notice, isFollowed: boolean, tellTime: TimeTeller): string {
  switch (notice.notice) {
    case 'waiting-for-function':
      return `there is no function ${notice.function} yet${isFollowed ? ', waiting for it' : ''}`
    case 'no-alias':
      return `${notice.function} has no alias ${notice.alias}${isFollowed ? ' yet, waiting for it' : ''}`
    case 'no-candidate':
      return `${notice.alias} of ${notice.function} has no candidate now`
    case 'unknown-version':
      return [
        `${notice.functions.join(', ')} ${notice.functions.length === 1 ? 'has' : 'have'} no version ${notice.version} now; lines of a deleted version are shown`,
        ...notice.next.map((next) => `  → ${next}`),
      ].join('\n')
    case 'throttled':
      return `Lambda throttled ${count(notice.count, 'request')} of ${notice.function} from ${tellTime(notice.from)} to ${tellTime(notice.to)}, by its metric: they have no lines`
    case 'throttles-unknown':
      return [
        `${notice.function} may have throttled requests, whose metric can't be read: ${notice.reason}`,
        ...notice.next.map((next) => `  → ${next}`),
      ].join('\n')
    case 'trace':
      return [
        `X-Ray trace of ${notice.requestId}${notice.attempt === undefined ? '' : `, attempt ${notice.attempt}`}: ${notice.traceId}`,
        ...(notice.url === undefined ? [] : [`  → ${notice.url}`]),
      ].join('\n')
    case 'waiting-for-group':
      return `the log group ${notice.group} does not exist yet${isFollowed ? ', waiting for it' : ': nothing was logged yet'}`
    case 'retrying':
      return [`no answer, trying again: ${notice.reason}`, ...notice.next.map((next) => `  → ${next}`)].join(
        '\n',
      )
    case 'resumed':
      return `AWS answers again: what ${notice.group} got since ${tellTime(notice.from)} is read now`
    case 'denied':
      return [
        `${notice.group} is left out: ${notice.reason}`,
        ...notice.next.map((next) => `  → ${next}`),
      ].join('\n')
    case 'gap':
      return `lines of ${notice.group} from ${tellTime(notice.from)} to ${tellTime(notice.to)} are lost: ${notice.reason}`
    case 'shared-quota':
      return `${notice.groups} log groups share ${notice.perSecond} calls a second: if all of them write, each is read every ${(notice.everyMs / 1000).toFixed(1)} s, and lines come as much later`
    case 'calls':
      return `${count(notice.calls, 'call')} read log events, ${callsPerSecond(notice)} a second`
    case 'live-sampled':
      return `Live Tail gives only some lines of ${notice.groups.join(', ')}, which has more than 500 a second: polling gives the others`
    case 'live-interrupted':
      return `Live Tail was interrupted and starts again, and polling goes on: ${notice.reason}`
    case 'live-resumed':
      return 'Live Tail goes on'
    case 'live-off':
      return [
        `Live Tail is left out, and polling goes on: ${notice.reason}`,
        ...notice.next.map((next) => `  → ${next}`),
      ].join('\n')
    case 'live-ended':
      return liveEndText(notice)
  }
}

function liveEndText({ given, recovered, minutes }: Extract<Notice, { notice: 'live-ended' }>): string {
  const lines = [`Live Tail gave ${count(given, 'line')} first`, `recovered by polling ${recovered}`]
  return `${lines.join(', ')}; ${count(Math.ceil(minutes), 'session minute')}`
}

function callsPerSecond({ calls, ms }: Extract<Notice, { notice: 'calls' }>): string {
  return ((calls * 1000) / Math.max(ms, 1)).toFixed(1)
}
