import type { Notice } from '../../../../workflows/logs/notice.ts'

/** The facts of a tail that its notices tell and that last. Times are milliseconds since the epoch. */
export interface Trouble {
  /** The groups for which AWS gives no answer now. */
  unanswered: ReadonlyMap<string, Unanswered>
  /** How many times have lines that are lost. */
  gaps: number
  /** The groups that may not be read. */
  denied: number
  /** Of Live Tail, where it is used. */
  live: 'whole' | 'sampled' | 'interrupted' | 'off'
}

interface Unanswered {
  since: number
  isThrottled: boolean
}

export const noTrouble: Trouble = { unanswered: new Map(), gaps: 0, denied: 0, live: 'whole' }

/** The name of AWS's error ends a reason. */
const throttling = /\((?:\w*Throttl\w*|RequestLimitExceeded|TooManyRequests\w*)\)/

/** The facts after one more notice. */
export function afterNotice(trouble: Trouble, notice: Notice, at: number): Trouble {
  switch (notice.notice) {
    case 'retrying': {
      const since = trouble.unanswered.get(notice.group)?.since ?? at
      const now = { since, isThrottled: throttling.test(notice.reason) }
      return { ...trouble, unanswered: new Map([...trouble.unanswered, [notice.group, now]]) }
    }
    case 'resumed':
    case 'waiting-for-group':
      return answered(trouble, notice.group)
    case 'denied':
      return { ...answered(trouble, notice.group), denied: trouble.denied + 1 }
    case 'gap':
      return { ...trouble, gaps: trouble.gaps + 1 }
    case 'live-sampled':
      return { ...trouble, live: 'sampled' }
    case 'live-interrupted':
      return { ...trouble, live: 'interrupted' }
    case 'live-resumed':
      return { ...trouble, live: 'whole' }
    case 'live-off':
      return { ...trouble, live: 'off' }
    default:
      return trouble
  }
}

function answered({ unanswered, ...trouble }: Trouble, name: string): Trouble {
  return { ...trouble, unanswered: new Map(Array.from(unanswered).filter(([group]) => group !== name)) }
}

/** Since when AWS gives no answer for some group, milliseconds since the epoch; undefined if it answers. */
export function unansweredSince({ unanswered }: Trouble): number | undefined {
  if (unanswered.size === 0) return undefined
  return Math.min(...Array.from(unanswered.values(), ({ since }) => since))
}
