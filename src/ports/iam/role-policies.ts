/** A policy of a role. */
export interface RolePolicy {
  name: string
  /** The ARN of a managed policy; absent for one that is written into the role. */
  arn?: string
  /** Of a managed policy, as in `v3`. */
  version?: string
  /** IAM's JSON. */
  document: string
}

/** Reads the policies of roles. */
export interface RolePolicies {
  /**
   * The policies that are written into a role, and those attached to it.
   *
   * @throws LambdactlError NOT_FOUND, NOT_PERMITTED
   */
  of(roleArn: string): Promise<RolePolicy[]>
}
