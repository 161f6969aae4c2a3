/** A rule of EventBridge with the target that invokes a function. */
export interface RuleSettings {
  /** The event pattern as JSON; empty for a schedule. */
  readonly pattern: string
  /** As in `rate(1 day)`; empty for a pattern. */
  readonly schedule: string
  /** JSON that the function gets in place of the event; empty: the event. */
  readonly input: string
  /** Retries of an event that could not be delivered. */
  readonly retries: number
  readonly maximumAgeSeconds: number
  /** The ARN of the queue for events that are given up; empty: none. */
  readonly deadLetterArn: string
}

/** A rule, by its ARN, as EventBridge has it. */
export interface Rule extends RuleSettings {
  readonly isEnabled: boolean
  /** The ARN that lambdactl's target of it invokes; undefined without that target. */
  readonly invokes: string | undefined
  /** The trigger that its tag names; undefined for another maker's. */
  readonly trigger: string | undefined
}

/** Rules of EventBridge. */
export interface Rules {
  /** @param bus a name or an ARN */
  isBusThere(bus: string): Promise<boolean>
  /** Undefined if it does not exist. */
  rule(arn: string): Promise<Rule | undefined>
  /** Makes a rule with its target and its tag, or brings a present one to these settings. */
  put(arn: string, invokes: string, trigger: string, settings: RuleSettings): Promise<void>
  /** Removes lambdactl's target, and the rule; one that is gone counts as removed. */
  delete(arn: string): Promise<void>
}
