import { Box } from 'ink'
import { render } from 'ink-testing-library'
import type { TimedReleaseEvent } from '../../src/release/history/event.ts'
import type { Plan } from '../../src/release/plan/plan.ts'
import type { JudgedAlarm } from '../../src/release/values/observed.ts'
import { afterEvent, beforeRelease, type CanaryState } from '../../src/ui/live/canary-state.ts'
import { CanaryView } from '../../src/ui/live/canary-view.tsx'

/** An event of one kind. */
type Told<Kind> = Extract<TimedReleaseEvent, { event: Kind }>

export const now = Date.parse('2026-11-21T10:00:00.000Z')
export const base = { time: now, function: 'checkout' }
export const plan: Plan = {
  id: 'k3f9',
  strategy: 'canary',
  candidate: '4',
  stable: '3',
  held: ['3'],
  steps: [
    { percent: 10, holdMs: 60_000 },
    { percent: 50, holdMs: 60_000 },
  ],
  bakeMs: 300_000,
  alarms: ['errors'],
}
export const alarm: JudgedAlarm = {
  name: 'errors',
  arn: 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:errors',
  condition: 'OK',
  reason: 'no datapoint above 1',
  since: now,
  verdict: 'pass',
}

export const planned: Told<'planned'> = { ...base, event: 'planned', plan, shifts: [], alias: 'live' }
const weight = { version: '4', percent: 10 }
export const shifted: Told<'shifted'> = {
  ...base,
  event: 'shifted',
  alias: 'live',
  version: '3',
  weight,
  step: 1,
  steps: 2,
}
export const full: Told<'shifted'> = {
  ...base,
  event: 'shifted',
  alias: 'live',
  version: '4',
  step: 2,
  steps: 2,
}
export const observed: Told<'observed'> = {
  ...base,
  event: 'observed',
  verdict: { outcome: 'pass', reason: 'errors is OK' },
  alarms: [alarm],
  step: 1,
  steps: 2,
  until: now + 42_000,
}

export function after(...events: TimedReleaseEvent[]): CanaryState {
  let state = beforeRelease
  for (const event of events) state = afterEvent(state, event)
  return state
}

/** The view as it is drawn, without colours. */
export function frame(state: CanaryState, columns: number, room = 12): string {
  const { lastFrame, unmount } = render(
    <Box width={columns}>
      <CanaryView state={state} now={now} columns={columns} room={room} />
    </Box>,
  )
  const shown = lastFrame() ?? ''
  unmount()
  return shown
}
