import type { Hook } from '@oclif/core/hooks'
import { closest } from '../config/closest.ts'
import { LambdactlError } from '../errors/error.ts'
import { errorText } from '../ui/error-text.ts'
import { alreadyShown, errorReport } from './error-report.ts'
import { safeJson, safeText } from './output.ts'

/** What package.json names for a command that does not exist. */
const commandNotFound: Hook.CommandNotFound = async ({ id, config, argv = [] }) => {
  const typed = id.replaceAll(':', ' ')
  const known = config.commandIDs.map((each) => each.replaceAll(':', ' '))
  const meant = closest(typed, known)
  const next = [
    ...(meant ? [`Did you mean lambdactl ${meant}?`] : []),
    'See lambdactl --help for the commands.',
  ]
  const error = new LambdactlError('USAGE', `There is no command ${typed}.`, { next })
  if (argv.includes('--json')) process.stdout.write(`${safeJson({ error: errorReport(error) }, 2)}\n`)
  else process.stderr.write(`${safeText(errorText(error))}\n`)
  throw alreadyShown(error)
}

export default commandNotFound
