import { randomUUID } from 'node:crypto'
import type {
  DescribeExecutionInput,
  DescribeExecutionOutput,
  StartExecutionInput,
  StartExecutionOutput,
  StartSyncExecutionInput,
  StartSyncExecutionOutput,
  StopExecutionInput,
  StopExecutionOutput,
} from '@aws-sdk/client-sfn'
import { accepting } from '../../protocol/accepting.ts'
import type { Operations } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import { invalidName, noExecution } from '../errors.ts'
import type { Execution, Machine, StatesContext } from '../records.ts'
import { end, runMachine } from '../runs/run-machine.ts'
import { requireMachine } from './machines.ts'

export function executionOperations(context: StatesContext): Operations {
  return {
    StartExecution: accepting<StartExecutionInput>(
      ['stateMachineArn', 'name', 'input', 'traceHeader'],
      ({ stateMachineArn, name, input }): StartExecutionOutput => {
        const execution = startExecution(context, stateMachineArn, { name, input })
        return { executionArn: execution.arn, startDate: new Date(execution.started) }
      },
    ),
    StartSyncExecution: accepting<StartSyncExecutionInput>(
      ['stateMachineArn', 'name', 'input', 'traceHeader'],
      async ({ stateMachineArn, name, input }): Promise<StartSyncExecutionOutput> => {
        const machine = requireMachine(context, stateMachineArn)
        if (machine.type !== 'EXPRESS') throw notExpress()
        const { execution } = begin(context, machine, name, input)
        await runMachine(context, machine, execution)
        const { status, ...answer } = described(execution)
        return { ...answer, status: status === 'ABORTED' ? 'FAILED' : status } as StartSyncExecutionOutput
      },
    ),
    DescribeExecution: accepting<DescribeExecutionInput>(
      ['executionArn', 'includedData'],
      ({ executionArn }): DescribeExecutionOutput => described(requireExecution(context, executionArn)),
    ),
    StopExecution: ({ executionArn, error, cause }: StopExecutionInput): StopExecutionOutput => {
      const execution = requireExecution(context, executionArn)
      end(context, execution, {
        status: 'ABORTED',
        ...(error !== undefined && { error }),
        ...(cause !== undefined && { cause }),
      })
      context.running.get(execution.arn)?.()
      return { stopDate: new Date(execution.stopped ?? context.clock()) }
    },
  }
}

/**
 * Begins an execution, and does not wait for its end.
 *
 * @param given `input` is JSON; `name` is made up by default
 * @throws ServiceError 400
 */
export function startExecution(
  context: StatesContext,
  machineArn: string | undefined,
  { name, input }: { name?: string | undefined; input?: string | undefined },
): Execution {
  const machine = requireMachine(context, machineArn)
  const { execution, isNew } = begin(context, machine, name, input)
  if (isNew) void runMachine(context, machine, execution)
  return execution
}

/** Makes the record of an execution. The same name with the same input again gives a running one that is there. */
function begin(
  { executions, clock }: StatesContext,
  machine: Machine,
  name: string = randomUUID(),
  input = '{}',
): { execution: Execution; isNew: boolean } {
  if (!/^[\w-]{1,80}$/.test(name)) throw invalidName(name)
  checkInput(input)
  const arn = `${machine.arn.replace(':stateMachine:', ':execution:')}:${name}`
  const existing = executions.get(arn)
  if (existing?.status === 'RUNNING' && existing.input === input) return { execution: existing, isNew: false }
  if (existing) throw new ServiceError('ExecutionAlreadyExists', 400, `Execution Already Exists: '${arn}'`)
  const started = clock()
  const execution: Execution = {
    arn,
    name,
    machineArn: machine.arn,
    status: 'RUNNING',
    started,
    input,
    history: [
      {
        id: 1,
        previousEventId: 0,
        timestamp: started,
        type: 'ExecutionStarted',
        executionStartedEventDetails: { input, roleArn: machine.roleArn },
      },
    ],
  }
  executions.set(arn, execution)
  return { execution, isNew: true }
}

function checkInput(input: string): void {
  try {
    JSON.parse(input)
  } catch (error) {
    throw new ServiceError(
      'InvalidExecutionInput',
      400,
      `Invalid State Machine Execution Input: '${String(error)}'`,
    )
  }
}

function described(execution: Execution): DescribeExecutionOutput {
  const { arn, name, machineArn, status, started, stopped, input, output, error, cause } = execution
  return {
    executionArn: arn,
    stateMachineArn: machineArn,
    name,
    status,
    startDate: new Date(started),
    stopDate: stopped === undefined ? undefined : new Date(stopped),
    input,
    output,
    error,
    cause,
  }
}

function notExpress(): ServiceError {
  return new ServiceError(
    'StateMachineTypeNotSupported',
    400,
    'This operation is not supported by this type of state machine',
  )
}

/** @throws ServiceError 400 */
export function requireExecution({ executions }: StatesContext, arn: string | undefined): Execution {
  const execution = executions.get(arn ?? '')
  if (!execution) throw noExecution(arn)
  return execution
}
