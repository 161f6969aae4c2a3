/** One titled line of preflight. `warn` does not stop a release, `fail` does. */
export interface Check {
  title: string
  outcome: 'pass' | 'warn' | 'fail'
  detail: string
  /** The next steps if it does not pass, one sentence each, with commands to copy. */
  next?: readonly string[]
}
