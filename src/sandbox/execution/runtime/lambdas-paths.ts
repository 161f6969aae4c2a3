import type { FunctionFacts } from '../model/function-facts.ts'
import { bootstrapDirectory } from './runtime-command.ts'

/**
 * A message with the paths of Lambda in place of the sandbox's: stack traces name files of the package in `/var/task`,
 * and those of the runtime in `/var/runtime`.
 */
export function withLambdasPaths(
  message: string,
  { codeDirectory }: Pick<FunctionFacts, 'codeDirectory'>,
): string {
  return message.replaceAll(codeDirectory, '/var/task').replaceAll(bootstrapDirectory, '/var/runtime')
}
