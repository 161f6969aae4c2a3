/** Why a release went past its gates, and what it is excused from. */
export interface Breakglass {
  /** A person's words. */
  reason: string
  /** The alarms that failed it when it began. */
  firing: readonly FiringAlarm[]
}

/** An alarm that is excused for as long as its state stays the one it had. */
export interface FiringAlarm {
  alarm: string
  /** When that state began, milliseconds since the epoch. */
  since: number
}

/** Whether the breakglass of a plan that was read back is one; nothing of a journal is trusted. */
export function isBreakglass(value: unknown): value is Breakglass {
  if (!isObject(value)) return false
  const { reason, firing } = value
  return typeof reason === 'string' && Array.isArray(firing) && firing.every(isFiring)
}

function isFiring(value: unknown): value is FiringAlarm {
  if (!isObject(value)) return false
  const { alarm, since } = value
  return typeof alarm === 'string' && typeof since === 'number' && since > 0 && since <= latest
}

/** The last moment that a Date can hold, milliseconds since the epoch. */
const latest = 8.64e15

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
