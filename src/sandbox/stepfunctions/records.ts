import type { ExecutionStatus, HistoryEvent, StateMachineType } from '@aws-sdk/client-sfn'
import type { MayAssume } from '../iam/policy/principal.ts'
import type { Operations } from '../protocol/service.ts'
import { KeptMap } from '../state/kept-map.ts'

/** A state machine. Times are milliseconds since the epoch. */
export interface Machine {
  arn: string
  name: string
  type: StateMachineType
  roleArn: string
  /** JSON as it was given. */
  definition: string
  revisionId: string
  created: number
  tags: Record<string, string>
}

/** One execution of a state machine. */
export interface Execution {
  arn: string
  name: string
  machineArn: string
  status: ExecutionStatus
  started: number
  stopped?: number
  /** JSON, as `output`. */
  input: string
  output?: string
  error?: string
  cause?: string
  history: KeptEvent[]
}

/** An event of a history, with its time in milliseconds since the epoch. */
export type KeptEvent = Omit<HistoryEvent, 'timestamp'> & { timestamp: number }

/** The state machines of an account and their executions, by their ARNs. */
export interface MachineStore {
  machines: KeptMap<Machine>
  executions: KeptMap<Execution>
  /** Ends each execution that is under way, by its ARN. */
  running: Map<string, () => void>
}

/** The services and the time that state machines need. */
export interface StatesContext extends MachineStore {
  clock: () => number
  /** Real time of a duration of the sandbox's time, both in milliseconds. */
  realMs: (ms: number) => number
  lambda: () => Operations
  mayAssume: MayAssume
}

export function emptyStore(): MachineStore {
  return {
    machines: new KeptMap('state-machine'),
    executions: new KeptMap('state-machine-execution'),
    running: new Map(),
  }
}
