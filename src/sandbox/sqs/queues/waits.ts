import type { Pace } from '../../clock.ts'
import { createWaits, type Waits } from '../../waits.ts'
import type { Queue } from './queue.ts'

/** Those who wait for messages. */
export interface QueueWaits extends Omit<Waits, 'wait'> {
  /**
   * Waits until a queue may have a message that can be received: one has come, or becomes visible.
   *
   * @param ms the longest time, by the sandbox's clock
   */
  until(queue: Queue, ms: number): Promise<void>
}

export function createQueueWaits(clock: () => number, pace: Pick<Pace, 'realMs'>): QueueWaits {
  const { wait, ...waits } = createWaits(pace)
  return {
    ...waits,
    until(queue, ms) {
      const shown = (queue.nextVisible ?? Infinity) - clock()
      return wait(Math.min(ms, shown), (end) => queue.watch(end))
    },
  }
}
