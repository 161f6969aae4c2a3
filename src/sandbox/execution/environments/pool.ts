import type { Provisioned } from '../model/executor.ts'
import type { InitializationType } from '../model/log-lines.ts'
import type { Environment } from './environment.ts'
import { createWarmEnvironments } from './warm-environments.ts'

/** An environment that is idle for longer is ended. Lambda documents no figure; people observe about five minutes. */
const idleLimit = 5 * 60_000

/** The environments of one version of a function. */
export interface Pool {
  /** A free environment, a provisioned one first, then the most recently used; or a new one. */
  take(): Environment
  /** Whether an environment is free, so that the next one needs no start. */
  hasFree(): boolean
  /** Returns an environment that has finished its work. */
  give(environment: Environment): void
  /** Keeps `count` environments ready before any request. */
  provision(count: number): void
  provisioned(): Provisioned | undefined
  /** Ends the free environments now, and the busy ones when their work is done. */
  retire(): void
}

/** @param start starts an environment of the version */
export function createPool(start: (type: InitializationType) => Environment): Pool {
  const warm = createWarmEnvironments(() => start('provisioned-concurrency'))
  /** Free on-demand environments, the most recently used last, each with the timer that ends it. */
  const free = new Map<Environment, NodeJS.Timeout>()
  let retired = false
  const startOnDemand = () => {
    const environment = start('on-demand')
    void environment.gone.then(() => takeOut(free, environment))
    return environment
  }
  return {
    hasFree: () => warm.hasFree() || lastOf(free) !== undefined,
    take: () => warm.take() ?? takeLast(free) ?? startOnDemand(),
    give(environment) {
      if (environment.type === 'provisioned-concurrency') warm.give(environment)
      else if (retired) void environment.end()
      else if (environment.usable()) {
        free.set(environment, setTimeout(() => void environment.end(), idleLimit).unref())
      }
    },
    provision: (count) => warm.resize(count),
    provisioned: () => warm.state(),
    retire() {
      retired = true
      warm.resize(0)
      for (const environment of free.keys()) {
        takeOut(free, environment)
        void environment.end()
      }
    },
  }
}

function takeLast(free: Map<Environment, NodeJS.Timeout>): Environment | undefined {
  const usable = lastOf(free)
  if (usable) takeOut(free, usable)
  return usable
}

function lastOf(free: Map<Environment, NodeJS.Timeout>): Environment | undefined {
  return [...free.keys()].findLast((environment) => environment.usable())
}

function takeOut(free: Map<Environment, NodeJS.Timeout>, environment: Environment): void {
  clearTimeout(free.get(environment))
  free.delete(environment)
}
