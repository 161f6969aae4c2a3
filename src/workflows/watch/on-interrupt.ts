/**
 * The effect of an interrupt on a release that has traffic; `detach` leaves it as it stands. It is the reason with which `Run.signal` is aborted.
 */
export type OnInterrupt = 'roll-back' | 'pause' | 'detach'

/** Returns the effect that the interrupt behind an aborted signal asks for; a rollback unless it asks for another. */
export function onInterruptOf({ reason }: AbortSignal): OnInterrupt {
  if (reason === 'pause') return 'pause'
  return reason === 'detach' ? 'detach' : 'roll-back'
}

/** Whether an interrupt decided how the release ends; one that only left it did not. */
export function isInterrupted(signal: AbortSignal): boolean {
  return signal.aborted && onInterruptOf(signal) !== 'detach'
}
