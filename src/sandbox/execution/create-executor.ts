import { createFunctionKeys } from '../sts/function-keys.ts'
import type { LogSink, MetricSink } from '../telemetry.ts'
import { createFleet } from './environments/fleet.ts'
import type { Result } from './environments/phases.ts'
import type { Pool } from './environments/pool.ts'
import {
  type ExecutionTarget,
  type Executor,
  type Invocation,
  type Outcome,
  type StrikeEnvironment,
  ThrottledError,
} from './model/executor.ts'
import { type Called, invocationMetrics, throttleMetrics } from './model/invocation-metrics.ts'
import { accountConcurrency, createThrottle } from './model/throttle.ts'
import type { SandboxAccess } from './runtime/child-environment.ts'

/** The executor's dependencies. */
export interface ExecutorDependencies {
  metrics: MetricSink
  logs: LogSink
  /** The account's limit of concurrent invocations in a Region; default: 1000, Lambda's quota. */
  accountConcurrency?: number
  /** Milliseconds since the epoch; the time of logs and metrics. */
  clock?: () => number
  /** Default: handlers get credentials that no service accepts. */
  access?: SandboxAccess
  /** Default: no environment fails on demand. */
  strikes?: StrikeEnvironment
}

const noAccess: SandboxAccess = { keys: createFunctionKeys(), endpoint: () => undefined }

/** An executor whose environments are child processes of this one. Close it, or they stay alive. */
export function createExecutor(dependencies: ExecutorDependencies): Executor {
  const { metrics, logs, clock = Date.now, access = noAccess, strikes = () => false } = dependencies
  const throttle = createThrottle(dependencies.accountConcurrency ?? accountConcurrency)
  const fleet = createFleet({ logs, clock, access, strikes })
  return {
    async invoke(target, invocation) {
      const called = calledAs(target, invocation, clock())
      const arn = target.configuration.FunctionArn ?? ''
      const version = { arn, version: called.executedVersion }
      const reason = throttle.enter(version, called.timestamp, !fleet.pool(target).hasFree())
      if (reason) {
        metrics.record(regionOf(arn), throttleMetrics(called))
        throw new ThrottledError(reason)
      }
      const concurrency = throttle.concurrency(version)
      try {
        const { result, provisioned } = await runOn(fleet.pool(target), invocation)
        const { failure, durationMs } = result
        const failed = failure !== undefined
        metrics.record(
          regionOf(arn),
          invocationMetrics(called, { failed, durationMs, concurrency, provisioned }),
        )
        return outcomeOf(result)
      } finally {
        throttle.leave(version)
      }
    },
    reserve: (arn, limit) => throttle.reserve(arn, limit),
    provision(target, count) {
      const { FunctionArn: arn = '', Version: version = '$LATEST' } = target.configuration
      throttle.provision({ arn, version }, count)
      fleet.pool(target).provision(count)
    },
    provisioned: (arn, version) => fleet.provisioned(arn, version),
    environments: () => fleet.alive(),
    kill: (isMeant) => fleet.kill(isMeant),
    retire(arn, version) {
      throttle.retire(arn, version)
      fleet.retire(arn, version)
    },
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

function outcomeOf({ payload, failure, logTail }: Result): Outcome {
  return failure ? { payload, functionError: 'Unhandled', logTail } : { payload, logTail }
}

function regionOf(arn: string): string {
  return arn.split(':')[3] ?? ''
}
