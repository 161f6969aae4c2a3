import chalk, { chalkStderr } from 'chalk'

/**
 * Switches colours off if NO_COLOR asks for it (no-color.org), which chalk does not know. It wins over FORCE_COLOR:
 * build tools set that for all their programs, while NO_COLOR is a person's choice. `bin/run.js` has removed
 * FORCE_COLOR by then.
 */
export function honourNoColour({ NO_COLOR }: NodeJS.ProcessEnv): void {
  if (!NO_COLOR) return
  chalk.level = 0
  chalkStderr.level = 0
}
