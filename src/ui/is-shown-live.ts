import type { TimedReleaseEvent } from '../release/event.ts'

/** What a live view itself shows as it changes; that all environments are ready stays on the screen. */
export function isShownLive(event: TimedReleaseEvent): boolean {
  if (event.event === 'warming') return event.available < event.requested
  return event.event === 'observed' || event.event === 'packaging' || event.event === 'uploading'
}

const steps: ReadonlySet<TimedReleaseEvent['event']> = new Set([
  'packaged',
  'uploaded',
  'created',
  'code-updated',
  'configuration-updated',
  'published',
  'planned',
  'warming',
  'shifted',
])

/** What goes well on the way: of many functions that run side by side, a person reads in their rows. */
export function isStepOfMany(event: TimedReleaseEvent): boolean {
  return steps.has(event.event) || (event.event === 'checked' && event.check.outcome === 'pass')
}
