import chalk, { chalkStderr } from 'chalk'

/**
 * Takes the colours away where NO_COLOR asks for it (no-color.org), of which chalk knows nothing. It beats FORCE_COLOR, which
 * build tools set for all that they start, while NO_COLOR is a person's; `bin/run.js` has taken that away by then.
 */
export function honourNoColour({ NO_COLOR }: NodeJS.ProcessEnv): void {
  if (!NO_COLOR) return
  chalk.level = 0
  chalkStderr.level = 0
}
