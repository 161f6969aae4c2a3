import chalk, { chalkStderr } from 'chalk'

/** Takes the colours away where NO_COLOR asks for it (no-color.org), of which chalk knows nothing; FORCE_COLOR beats it. */
export function honourNoColour({ NO_COLOR, FORCE_COLOR }: NodeJS.ProcessEnv): void {
  if (!NO_COLOR || FORCE_COLOR !== undefined) return
  chalk.level = 0
  chalkStderr.level = 0
}
