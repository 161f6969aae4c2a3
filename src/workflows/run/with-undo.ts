import { asLambdactlError, LambdactlError } from '../../errors/error.ts'

/** The same error, with the commands that undo the changes made before it. */
export function withUndo(error: unknown, undo: readonly string[]): LambdactlError {
  const { code, message, brief, next, cause } = asLambdactlError(error)
  return new LambdactlError(code, message, { brief, next: [...next, ...undoSteps(undo)], cause })
}

/** The next steps that undo the changes made before an error. */
export function undoSteps(commands: readonly string[]): string[] {
  return commands.map((command) => `To undo what was done: ${command}`)
}
