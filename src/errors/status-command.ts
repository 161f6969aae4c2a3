let named = 'lambdactl status'

/** Says how a person sees how the functions of this command stand: with the names and flags that say which and where. */
export function nameStatusCommand(command: string): void {
  named = command
}

/** A next step whose `lambdactl status` says neither which functions nor where, for those of this command. */
export function forStatusCommand(step: string): string {
  return step.replace(/\blambdactl status(?=[`.,]|$)/g, () => named)
}
