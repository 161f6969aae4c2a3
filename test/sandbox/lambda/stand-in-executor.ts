import {
  type ExecutionTarget,
  type Executor,
  type Invocation,
  type Outcome,
  type Provisioned,
  ThrottledError,
} from '../../../src/sandbox/execution/model/executor.ts'

/** Stands in for the room that runs handlers: it answers what a test says and writes down what it was told. */
export interface StandInExecutor extends Executor {
  invocations: { target: ExecutionTarget; invocation: Invocation }[]
  calls: string[]
  /** The answer of the next invocations; the version and the event unless set. */
  answer: (target: ExecutionTarget, invocation: Invocation) => Outcome
  /** How provisioned versions stand, by `name:version`. */
  warm: Map<string, Provisioned>
}

/** A version of a function answers `{version, event}`; a reservation of 0 throttles. */
export function standInExecutor(): StandInExecutor {
  const reserved = new Map<string, number | undefined>()
  const executor: StandInExecutor = {
    invocations: [],
    calls: [],
    warm: new Map(),
    answer: ({ configuration }, { payload }) => {
      const event: unknown = JSON.parse(Buffer.from(payload).toString())
      const answer = JSON.stringify({ version: configuration.Version, event })
      return { payload: Buffer.from(answer), logTail: 'START\nEND\n' }
    },
    async invoke(target, invocation) {
      executor.invocations.push({ target, invocation })
      if (reserved.get(target.configuration.FunctionArn ?? '') === 0) {
        throw new ThrottledError('ReservedFunctionConcurrentInvocationLimitExceeded')
      }
      return executor.answer(target, invocation)
    },
    reserve(arn, limit) {
      reserved.set(arn, limit)
      executor.calls.push(`reserve ${nameIn(arn)} ${limit}`)
    },
    provision({ configuration }, count) {
      const version = `${configuration.FunctionName}:${configuration.Version}`
      executor.calls.push(`provision ${version} ${count}`)
      const { available = 0, allocated = 0 } = executor.warm.get(version) ?? {}
      if (count > 0) executor.warm.set(version, { requested: count, available, allocated })
      else executor.warm.delete(version)
    },
    provisioned: (arn, version) => executor.warm.get(`${nameIn(arn)}:${version}`),
    environments: () => 0,
    kill: () => undefined,
    retire: (arn, version) => void executor.calls.push(`retire ${nameIn(arn)} ${version}`),
    close: () => Promise.resolve(),
  }
  return executor
}

function nameIn(functionArn: string): string {
  return functionArn.split(':')[6] ?? ''
}
