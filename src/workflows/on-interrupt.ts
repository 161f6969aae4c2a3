/** The effect of an interrupt on a release that has traffic. It is the reason with which `Run.signal` is aborted. */
export type OnInterrupt = 'roll-back' | 'pause'

/** Returns the effect that the interrupt behind an aborted signal asks for; a rollback unless it asks for a pause. */
export function onInterruptOf({ reason }: AbortSignal): OnInterrupt {
  return reason === 'pause' ? 'pause' : 'roll-back'
}
