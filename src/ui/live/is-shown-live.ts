import type { TimedReleaseEvent } from '../../release/history/event.ts'

/** Tells whether a live view shows an event itself, as it changes. A line stays that all environments are ready. */
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

/** Tells whether an event is a step that went well; of many functions side by side, a person reads it in their rows. */
export function isStepOfMany(event: TimedReleaseEvent): boolean {
  return steps.has(event.event) || (event.event === 'checked' && event.check.outcome === 'pass')
}
