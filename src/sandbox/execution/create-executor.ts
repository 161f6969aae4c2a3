import type { LogSink, MetricSink } from '../telemetry.ts'
import {
  type ExecutionTarget,
  type Executor,
  type Invocation,
  type Outcome,
  ThrottledError,
} from './executor.ts'
import { createFleet } from './fleet.ts'
import { type Called, invocationMetrics, throttleMetrics } from './invocation-metrics.ts'
import { createLimits, type Limits } from './limits.ts'
import type { Result } from './phases.ts'
import type { Pool } from './pool.ts'

/** What the executor works with. */
export interface ExecutorDependencies {
  metrics: MetricSink
  logs: LogSink
  account: string
  /** Where a configuration's ARN does not name one; us-east-1 by default. */
  region?: string
  /** The account's limit of running invocations; 1000, as in a new account, by default. */
  accountConcurrency?: number
  /** Milliseconds since the epoch; stamps logs and metrics. */
  clock?: () => number
}

/** An executor whose environments are child processes of this one. Close it, or they outlast their use. */
export function createExecutor(dependencies: ExecutorDependencies): Executor {
  const { metrics, logs, account, region = 'us-east-1', clock = Date.now } = dependencies
  const limits = createLimits(dependencies.accountConcurrency ?? 1000)
  const fleet = createFleet({ logs, clock }, { account, region })
  return {
    async invoke(target, invocation) {
      const called = calledAs(target, invocation, clock())
      const reason = limits.enter(called.functionName)
      if (reason) {
        metrics.record(throttleMetrics(called))
        throw new ThrottledError(reason)
      }
      const concurrency = concurrencyOf(limits, called.functionName)
      try {
        const { result, provisioned } = await runOn(fleet.pool(target), invocation)
        const { failed, durationMs } = result
        metrics.record(invocationMetrics(called, { failed, durationMs, concurrency, provisioned }))
        return outcomeOf(result)
      } finally {
        limits.leave(called.functionName)
      }
    },
    reserve: (name, limit) => limits.reserve(name, limit),
    provision: (target, count) => fleet.pool(target).provision(count),
    provisioned: (name, version) => fleet.provisioned(name, version),
    retire: (name, version) => fleet.retire(name, version),
    close: () => fleet.close(),
  }
}

function calledAs({ configuration }: ExecutionTarget, invocation: Invocation, timestamp: number): Called {
  return {
    functionName: configuration.FunctionName ?? '',
    qualifier: invocation.qualifier,
    executedVersion: configuration.Version ?? '$LATEST',
    timestamp,
  }
}

function concurrencyOf(limits: Limits, name: string) {
  return { ofFunction: limits.running(name), ofAccount: limits.runningInAccount() }
}

async function runOn(pool: Pool, invocation: Invocation) {
  const ahead = pool.provisioned()?.available ?? 0
  const environment = pool.take()
  const served = environment.type === 'provisioned-concurrency'
  try {
    const result = await environment.run(invocation)
    return { result, provisioned: ahead === 0 ? undefined : served ? 'served' : 'spilled' } as const
  } finally {
    pool.give(environment)
  }
}

function outcomeOf({ payload, failed, logTail }: Result): Outcome {
  return failed ? { payload, functionError: 'Unhandled', logTail } : { payload, logTail }
}
