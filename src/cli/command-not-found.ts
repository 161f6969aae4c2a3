import type { Hook } from '@oclif/core/hooks'
import { usualConfig } from '../errors/next-step.ts'
import { errorText } from '../ui/text/error.ts'
import { fitted, widthOf } from '../ui/text/fitted.ts'
import { versioned } from '../ui/text/json/versioned.ts'
import { alreadyShown, errorReport } from './exit/error-report.ts'
import { safeJson, safeText } from './output/safe-text.ts'
import { keepOwnSecrets } from './output/secret-variables.ts'
import { unknownCommand } from './usage/unknown-command.ts'

/** The hook for an unknown command; package.json names it. */
const commandNotFound: Hook.CommandNotFound = async ({ id, config, argv = [] }) => {
  keepOwnSecrets(process.env)
  const error = unknownCommand(id.split(':'), argv, config.commands)
  const report = errorReport(error, usualConfig)
  if (argv.includes('--json')) process.stdout.write(`${safeJson(versioned({ error: report }), 2)}\n`)
  else process.stderr.write(`${fitted(safeText(errorText(report)), widthOf(process.stderr))}\n`)
  throw alreadyShown(error)
}

export default commandNotFound
