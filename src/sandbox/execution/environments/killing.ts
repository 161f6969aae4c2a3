import type { Executor } from '../model/executor.ts'
import { isFailure } from '../model/failure.ts'
import { namesOf } from '../model/function-facts.ts'
import type { Host } from './machine.ts'
import type { Life } from './phases.ts'

/** Kills an environment when a fault says so. */
export interface Killing {
  /** It runs an event from now on; a fault may kill it meanwhile. */
  busy(): void
  /** It waits for an event from now on. */
  free(): void
  kill: Executor['kill']
}

/** @param end ends the environment while it is free, so that no call fails */
export function killing({ facts, machine }: Life, { strikes }: Host, end: () => void): Killing {
  const names = namesOf(facts)
  let state: 'starting' | 'free' | 'busy' = 'starting'
  const killIfStruck = () => {
    if (strikes('kill', names)) void killWhileItRuns(machine)
  }
  return {
    busy() {
      state = 'busy'
      killIfStruck()
    },
    free: () => void (state = 'free'),
    kill(isMeant) {
      if (state === 'busy') killIfStruck()
      else if (state === 'free' && isMeant(names)) end()
    },
  }
}

/** The invocation then fails as by a crash; the environment is replaced. */
async function killWhileItRuns(starting: Life['machine']): Promise<void> {
  const machine = await starting
  if (!isFailure(machine)) await machine.child.kill()
}
