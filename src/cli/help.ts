import { CommandHelp, Help } from '@oclif/core/help'
import { exitCodes } from './exit-codes.ts'

/** A command's help, with the exit codes below its flags. */
class CommandHelpWithExitCodes extends CommandHelp {
  protected override sections() {
    const table = Object.entries(exitCodes).map(([code, meaning]): [string, string] => [code, meaning])
    const exitCodeSection = {
      header: 'EXIT CODES',
      generate: (_data: unknown, header: string) => ({ header, body: table }),
    }
    return [...super.sections(), exitCodeSection]
  }
}

/** The help class that package.json names. */
export default class LambdactlHelp extends Help {
  protected override CommandHelpClass: typeof CommandHelp = CommandHelpWithExitCodes
}
