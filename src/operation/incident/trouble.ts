/** Something that is wrong with a function, or waits for a person. */
export interface Trouble {
  kind:
    | 'alarm'
    | 'stopped'
    | 'paused'
    | 'failed'
    | 'errors'
    | 'throttles'
    | 'unread'
    | 'waiting'
    | 'moved'
    | 'alarms-unknown'
    | 'figures-unknown'
    | 'alarm-missing'
    | 'no-way-back'
    | 'no-alias'
    | 'missing'
  /** `critical`: requests fail, or an alarm says so; `warning`: a person should look at it. */
  severity: 'critical' | 'warning'
  /** One sentence without its full stop; times are in UTC, ISO 8601. */
  summary: string
  /** The commands that look further or mend it, the first one first. */
  next: string[]
}

const order: readonly Trouble['kind'][] = [
  'alarm',
  'stopped',
  'paused',
  'failed',
  'errors',
  'throttles',
  'unread',
  'missing',
  'waiting',
  'moved',
  'no-alias',
  'alarms-unknown',
  'figures-unknown',
  'alarm-missing',
  'no-way-back',
]

/** Troubles, the worst one first. */
export function worstFirst(troubles: readonly Trouble[]): Trouble[] {
  return troubles.toSorted((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind))
}

/** The part of a function that decides about its place. */
interface Looked {
  /** The worst one first. */
  troubles: readonly Trouble[]
  /** Whether a release of it is under way. */
  isMoving: boolean
}

/** Functions with the troubled ones first, then those with a release under way; else as they were. */
export function troubledFirst<Each>(all: readonly Each[], looked: (each: Each) => Looked): Each[] {
  return all.toSorted((one, other) => rank(looked(one)) - rank(looked(other)))
}

function rank({ troubles: [worst], isMoving }: Looked): number {
  if (!worst) return isMoving ? 2 * order.length : 2 * order.length + 1
  return order.indexOf(worst.kind) + (worst.severity === 'critical' ? 0 : order.length)
}
