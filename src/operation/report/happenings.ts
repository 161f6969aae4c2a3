import type { Entry } from '../../release/journal/entry.ts'
import type { Actor } from '../../release/values/actor.ts'
import type { Placed } from './course.ts'

/** Something that happened to a release. */
export interface Happening {
  /** Milliseconds since the epoch. */
  time: number
  did:
    | 'started'
    | 'changed its plan'
    | 'shifted'
    | 'finished'
    | 'paused'
    | 'rolled back'
    | 'left'
    | 'resumed'
    | 'detached'
    | 'approved'
    | 'promoted'
    | 'promoted one step'
    | 'aborted'
    | 'ran a hook'
  /** The candidate's share of the traffic after it, 0 to 100. */
  percent: number
  /** The ARN of the credentials; absent if the release's own process did it, or AWS did not tell. */
  by?: string
  /** The person or system for whom the process said to act: a claim, not a proof. */
  actor?: Actor
  /** The reason, or the hook with its outcome. */
  reason?: string
}

type Did = Happening['did']

const decisions = {
  approve: 'approved',
  pause: 'paused',
  promote: 'promoted',
  step: 'promoted one step',
  abort: 'aborted',
} as const

const ends: Readonly<Record<string, Did>> = { paused: 'paused', 'rolled-back': 'rolled back', left: 'left' }

/** The course of a release in the order of time: each shift, each end, and each decision of a person. */
export function happeningsIn(placed: readonly Placed[]): Happening[] {
  let isPlanned = false
  return placed.flatMap(({ entry, percent }) => {
    const did = didOf(entry, isPlanned)
    isPlanned ||= entry.kind === 'plan'
    if (!did) return []
    const { time, by, actor } = entry
    const reason = reasonOf(entry)
    return [
      {
        time,
        did,
        percent,
        ...(by !== undefined && { by }),
        ...(actor && { actor }),
        ...(reason !== undefined && { reason }),
      },
    ]
  })
}

function didOf({ kind, verb, outcome, strategy }: Entry, isPlanned: boolean): Did | undefined {
  if (verb) return decisions[verb]
  switch (kind) {
    case 'plan':
      return isPlanned ? 'changed its plan' : 'started'
    case 'shifted':
      return 'shifted'
    case 'done':
      return strategy === 'rollback' ? 'rolled back' : 'finished'
    case 'outcome':
      return ends[outcome ?? '']
    case 'hook':
      return 'ran a hook'
    case 'resumed':
    case 'detached':
      return kind
    default:
      return undefined
  }
}

function reasonOf({ kind, point, outcome, reason, breakglass, failure }: Entry): string | undefined {
  if (kind === 'hook')
    return [`${point ?? 'a hook'}: ${outcome ?? 'no outcome'}`, reason].filter(Boolean).join(', ')
  const parts = [reason, failure, breakglass === undefined ? undefined : `breakglass: ${breakglass}`]
  const known = parts.filter((part) => part !== undefined)
  return known.length > 0 ? known.join('; ') : undefined
}
