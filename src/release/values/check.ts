/** One titled line of preflight. `warn` does not stop a release, `fail` does. */
export interface Check {
  title: string
  outcome: 'pass' | 'warn' | 'fail'
  detail: string
  /** The ways on where it does not pass, a sentence each; commands in them can be copied. */
  next?: readonly string[]
}
