import { ExecutionAbortedError, ExecutionTimeoutError, StateMachine } from 'aws-local-stepfunctions'
import { atSpeed } from '../language/at-speed.ts'
import { readDefinition } from '../language/check-definition.ts'
import { allStates } from '../language/definition.ts'
import type { Execution, Machine, StatesContext } from '../records.ts'
import { stateEvent } from './history.ts'
import { invokeTask } from './invoke-task.ts'

/**
 * Runs an execution to its end, and keeps its record up to date. A library runs the language; the sandbox's Lambda its
 * tasks.
 */
export async function runMachine(
  context: StatesContext,
  machine: Machine,
  execution: Execution,
): Promise<void> {
  const definition = readDefinition(machine.definition)
  const [, , , region = '', account = ''] = machine.arn.split(':')
  const task = { lambda: context.lambda(), call: { region, account } }
  const handlers: Record<string, (input: Input) => Promise<never>> = {}
  for (const [name, { Type, Resource = '' }] of allStates(definition)) {
    if (Type === 'Task') handlers[name] = async (input) => (await invokeTask(task, Resource, input)) as never
  }
  const prepared = atSpeed(definition, { now: context.clock(), realMs: context.realMs })
  // It was validated when it was made. Shortened times are no whole seconds any more.
  const library = new StateMachine(prepared as never, { validationOptions: { noValidate: true } })
  const run = library.run(inputOf(execution), {
    overrides: { taskResourceLocalHandlers: handlers },
    context: contextObject(machine, execution),
  })
  context.running.set(execution.arn, run.abort)
  const history = follow(context, execution, run.eventLogs)
  const ended = await run.result.then(succeeded, failureOf)
  await history
  context.running.delete(execution.arn)
  end(context, execution, ended)
}

/** JSON, as the library has it. */
type Input = Parameters<StateMachine['run']>[0]

function inputOf({ input }: Execution): Input {
  return JSON.parse(input) as Input
}

/** The Context Object of the language, as far as it is known at the start. */
function contextObject(machine: Machine, execution: Execution) {
  const { arn, name, started } = execution
  return {
    Execution: {
      Id: arn,
      Name: name,
      Input: inputOf(execution),
      RoleArn: machine.roleArn,
      StartTime: new Date(started).toISOString(),
    },
    StateMachine: { Id: machine.arn, Name: machine.name },
  }
}

async function follow(
  { clock }: StatesContext,
  { history }: Execution,
  events: AsyncIterable<Parameters<typeof stateEvent>[0]>,
): Promise<void> {
  for await (const event of events) {
    const kept = stateEvent(event, history.length + 1, clock())
    if (kept) history.push(kept)
  }
}

type End = Pick<Execution, 'status' | 'output' | 'error' | 'cause'>

function succeeded(output: unknown): End {
  return { status: 'SUCCEEDED', output: JSON.stringify(output) }
}

function failureOf(error: unknown): End {
  if (error instanceof ExecutionAbortedError) return { status: 'ABORTED' }
  if (error instanceof ExecutionTimeoutError) return { status: 'TIMED_OUT' }
  const { cause } = error as { cause?: { name?: string; message?: string } }
  return { status: 'FAILED', error: cause?.name ?? 'States.Runtime', cause: cause?.message ?? String(error) }
}

/** Ends an execution, unless it has ended already. */
export function end({ clock, executions }: StatesContext, execution: Execution, ended: End): void {
  if (execution.status !== 'RUNNING') return
  const { status, output, error, cause } = ended
  const timestamp = clock()
  const id = execution.history.length + 1
  const common = { id, previousEventId: id - 1, timestamp }
  const details = { error, cause }
  execution.history.push(
    status === 'SUCCEEDED'
      ? { ...common, type: 'ExecutionSucceeded', executionSucceededEventDetails: { output } }
      : status === 'ABORTED'
        ? { ...common, type: 'ExecutionAborted', executionAbortedEventDetails: details }
        : status === 'TIMED_OUT'
          ? { ...common, type: 'ExecutionTimedOut', executionTimedOutEventDetails: details }
          : { ...common, type: 'ExecutionFailed', executionFailedEventDetails: details },
  )
  executions.set(execution.arn, Object.assign(execution, ended, { stopped: timestamp }))
}
