import type { ReleaseEvent, TimedReleaseEvent } from '../../release/history/event.ts'
import { maskAll } from '../output/mask.ts'
import { actorOf } from './actor.ts'
import { systemClock } from './clock.ts'
import { runCommand } from './run-command.ts'

/**
 * The run of a command: the real clock, real programs, whom this process acts for, and the means of its own, such as
 * AWS.
 *
 * @param tell takes each event, with AWS's time and without secrets
 */
export function realRun<Means extends object>(means: Means, tell: (event: TimedReleaseEvent) => void) {
  const emit = (event: ReleaseEvent) => tell(maskAll({ time: systemClock.now(), ...event }))
  return { clock: systemClock, runCommand, actor: actorOf(process.env), emit, ...means }
}
