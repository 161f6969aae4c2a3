/**
 * The effect of an interrupt on a release that has traffic; `detach` leaves it as it is. It is the reason with which
 * `Run.signal` is aborted.
 */
export type OnInterrupt = 'roll-back' | 'pause' | 'detach'

/** Returns the effect that an aborted signal asks for; default: a rollback. */
export function onInterruptOf({ reason }: AbortSignal): OnInterrupt {
  if (reason === 'pause') return 'pause'
  return reason === 'detach' ? 'detach' : 'roll-back'
}

/** Tells whether an interrupt decided how the release ends; `detach` did not. */
export function isInterrupted(signal: AbortSignal): boolean {
  return signal.aborted && onInterruptOf(signal) !== 'detach'
}
