/** What an interrupt does to a release that has traffic. It is the reason with which `Run.signal` is aborted. */
export type OnInterrupt = 'roll-back' | 'pause'

/** What the interrupt that aborted a signal asks for: rolling back, unless it says otherwise. */
export function onInterruptOf({ reason }: AbortSignal): OnInterrupt {
  return reason === 'pause' ? 'pause' : 'roll-back'
}
