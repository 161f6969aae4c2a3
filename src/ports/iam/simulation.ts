/** Calls whose permission is asked for: each action on each resource. */
export interface AskedCalls {
  /** As in `lambda:UpdateAlias`. */
  actions: readonly string[]
  /** ARNs, with stars for all that begin so; `*` alone for an action that has no resource. */
  resources: readonly string[]
  /** Facts of the request, by the keys of conditions. */
  facts: Readonly<Record<string, string>>
}

/** IAM's decision about an action on a resource. */
export interface Decision {
  action: string
  resource: string
  isAllowed: boolean
  /** The keys of conditions of the policies that the facts lack; they may have decided. */
  lacking: readonly string[]
}

/** IAM's simulator of policies. It calls no operation of another service. */
export interface Simulation {
  /**
   * The ARN of the user or role whose policies decide about a caller; undefined for a caller that has none, such as the
   * root user. The path of a role is read if IAM allows it.
   *
   * @param callerArn as STS gives it: that of a session, for a role
   */
  principalOf(callerArn: string): Promise<string | undefined>
  /** @throws LambdactlError NOT_PERMITTED, NOT_FOUND */
  decide(principal: string, asked: AskedCalls): Promise<Decision[]>
}
