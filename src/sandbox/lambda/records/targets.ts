import type { ExecutionTarget } from '../../execution/model/executor.ts'
import type { LambdaContext } from './context.ts'
import type { FunctionVersion } from './records.ts'

/** Returns the target that the executor runs for a version. */
export function targetOf(context: LambdaContext, version: FunctionVersion): ExecutionTarget {
  return { configuration: version.configuration, codeDirectory: context.code.folder(version.code.digest) }
}
