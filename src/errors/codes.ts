/**
 * Every way in which lambdactl fails, by its name in `--json`. The table of their exit codes is in
 * `src/cli/exit/exit-codes.ts`.
 */
export type ErrorCode =
  /** A flag or an argument that makes no sense. */
  | 'USAGE'
  | 'CONFIG_NOT_FOUND'
  | 'CONFIG_INVALID'
  /** A file needs a permission that a person has to give first. */
  | 'UNTRUSTED'
  /** A function's source can't be packaged, or the package breaks one of Lambda's rules. */
  | 'PACKAGE_INVALID'
  | 'TEMPLATE_INVALID'
  /** `init` would have overwritten a file. */
  | 'PATH_TAKEN'
  | 'PORT_TAKEN'
  /** No answer from the endpoint. */
  | 'UNREACHABLE'
  /** AWS refused the request, or failed on its side after all retries. */
  | 'AWS_REFUSED'
  | 'AWS_UNAVAILABLE'
  | 'NOT_AUTHENTICATED'
  | 'NOT_PERMITTED'
  | 'ACCOUNT_MISMATCH'
  | 'NOT_FOUND'
  /** Another release runs, or somebody else changed the alias or the function meanwhile. */
  | 'CONFLICT'
  | 'PREFLIGHT_FAILED'
  /** Lambda could not make the update or start the version. */
  | 'UPDATE_FAILED'
  | 'INVOCATION_FAILED'
  /** The function accepts no invocation, since its reserved concurrency is 0. */
  | 'STOPPED'
  | 'ROLLED_BACK'
  /** Lines of a log are missing that can't be read any more. */
  | 'INCOMPLETE'
  | 'PAUSED'
  | 'ROLLBACK_FAILED'
  | 'INTERRUPTED'
  | 'BUG'
