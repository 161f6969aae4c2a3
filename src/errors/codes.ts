/**
 * Every way in which lambdactl fails, by the name that `--json` shows. What a code exits with is one table in
 * `src/cli/exit/exit-codes.ts`.
 */
export type ErrorCode =
  /** A flag or an argument that makes no sense. */
  | 'USAGE'
  | 'CONFIG_NOT_FOUND'
  | 'CONFIG_INVALID'
  /** A file asks for something that a person has to allow first. */
  | 'UNTRUSTED'
  /** A function's source can't be packaged, or the package breaks one of Lambda's rules. */
  | 'PACKAGE_INVALID'
  | 'TEMPLATE_INVALID'
  /** `init` would have overwritten something. */
  | 'PATH_TAKEN'
  | 'PORT_TAKEN'
  /** No answer from the endpoint. */
  | 'UNREACHABLE'
  /** AWS refused the request as it was, or failed on its side after all retries. */
  | 'AWS_REFUSED'
  | 'AWS_UNAVAILABLE'
  | 'NOT_AUTHENTICATED'
  | 'NOT_PERMITTED'
  | 'ACCOUNT_MISMATCH'
  | 'NOT_FOUND'
  /** Another release runs, or the alias or the function was changed by somebody else meanwhile. */
  | 'CONFLICT'
  | 'PREFLIGHT_FAILED'
  /** Lambda could not make the update or start the version. */
  | 'UPDATE_FAILED'
  | 'INVOCATION_FAILED'
  /** The function takes no invocation, since its reserved concurrency is 0. */
  | 'STOPPED'
  | 'ROLLED_BACK'
  | 'PAUSED'
  | 'ROLLBACK_FAILED'
  | 'INTERRUPTED'
  | 'BUG'
