import type { StatesContext } from './records.ts'

/** Ends the executions that were under way when the sandbox before this one ended: nobody runs them any more. */
export function abortLost({ executions, clock }: StatesContext): void {
  for (const execution of executions.values()) {
    if (execution.status !== 'RUNNING') continue
    const cause = 'the sandbox ended while the execution was under way'
    executions.set(execution.arn, { ...execution, status: 'ABORTED', cause, stopped: clock() })
  }
}
