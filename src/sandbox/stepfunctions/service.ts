import type { Target } from '../delivery/parcel.ts'
import type { Operations, Service } from '../protocol/service.ts'
import type { Persistent } from '../state/persistent.ts'
import { abortLost } from './lost-executions.ts'
import { emptyStore, type StatesContext } from './records.ts'

interface StatesDependencies extends Pick<StatesContext, 'clock' | 'realMs' | 'mayAssume'> {
  lambda: () => Operations
}

/** Step Functions: state machines and their executions. Operations and the language are loaded with the first request. */
export function statesService(given: StatesDependencies): {
  service: Service
  persistent: Persistent[]
  /** State machines, for the other services: an execution with the body as its input. */
  target: Target
  sweep(): Promise<void>
  close(): void
} {
  const context: StatesContext = { ...given, ...emptyStore() }
  return {
    service: {
      signingName: 'states',
      protocol: { kind: 'awsJson', version: '1.0', target: 'AWSStepFunctions' },
      schemas: new Map(),
      operations: {},
      deferred: {
        operationNames,
        load: async () => (await import('./operations/all.ts')).statesOperations(context),
      },
    },
    persistent: [context.machines, context.executions],
    async target(arn, { body }) {
      const { startExecution } = await import('./operations/executions.ts')
      startExecution(context, arn, { input: body })
    },
    sweep: async () => abortLost(context),
    close() {
      for (const abort of context.running.values()) abort()
    },
  }
}

/** The names that faults have for the operations before these are loaded. */
const operationNames = [
  'CreateStateMachine',
  'DeleteStateMachine',
  'DescribeExecution',
  'DescribeStateMachine',
  'GetExecutionHistory',
  'ListExecutions',
  'ListStateMachines',
  'ListTagsForResource',
  'StartExecution',
  'StartSyncExecution',
  'StopExecution',
  'TagResource',
  'UntagResource',
  'UpdateStateMachine',
]
