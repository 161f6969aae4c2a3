import type { TimedReleaseEvent } from '../../release/history/event.ts'

/** Tells whether a live view itself shows an event as it changes. The line that all environments are ready stays. */
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

/** Tells whether an event is a successful step; for many functions side by side, their rows show it. */
export function isStepOfMany(event: TimedReleaseEvent): boolean {
  return steps.has(event.event) || (event.event === 'checked' && event.check.outcome === 'pass')
}
