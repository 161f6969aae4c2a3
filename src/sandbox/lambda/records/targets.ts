import type { ExecutionTarget } from '../../execution/model/executor.ts'
import type { LambdaContext } from './context.ts'
import type { FunctionVersion } from './records.ts'

/** Returns the target that the executor runs for a version. */
export function targetOf(context: LambdaContext, version: FunctionVersion): ExecutionTarget {
  const { configuration, code, layers } = version
  return {
    configuration,
    codeDirectory: context.code.folder(code.digest),
    ...(layers && { layersDirectory: context.code.folder(layers.folder) }),
  }
}
