/** A state machine of Step Functions. */
export interface StateMachine {
  /** JSON of the Amazon States Language. */
  readonly definition: string
  /** The ARN of its role. */
  readonly role: string
  /** The trigger that its tag names; undefined for another maker's. */
  readonly trigger: string | undefined
}

/** State machines, by their ARNs. */
export interface StateMachines {
  /** Undefined if it does not exist, or is being deleted. */
  machine(arn: string): Promise<StateMachine | undefined>
  create(arn: string, machine: StateMachine & { trigger: string }): Promise<void>
  change(arn: string, machine: Pick<StateMachine, 'definition' | 'role'>): Promise<void>
  mark(arn: string, trigger: string): Promise<void>
}
