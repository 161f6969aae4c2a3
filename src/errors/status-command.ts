let named = 'lambdactl status'

/** Sets the command that shows the state of this command's functions, with the names and flags for them. */
export function nameStatusCommand(command: string): void {
  named = command
}

/** Completes a next step with `lambdactl status` by the functions and the place of this command. */
export function forStatusCommand(step: string): string {
  return step.replace(/\blambdactl status(?=[`.,]|$)/g, () => named)
}
