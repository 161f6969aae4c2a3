import type { Following } from '../../../src/workflows/logs/follow-groups.ts'
import type { logWorld } from './log-group.ts'

/** Tails for a time, and ends as a person does. */
export async function tailFor(
  world: ReturnType<typeof logWorld>,
  ms: number,
  following: Partial<Following> = {},
): Promise<void> {
  const tail = world.tail(following)
  await world.clock.pass(ms)
  world.interrupt()
  // The calls that are under way come back.
  await world.clock.pass(1000)
  await tail
}
