import type { Command } from '@oclif/core/command'
import { CommandHelp, Help } from '@oclif/core/help'
import { commandGroups } from './command-groups.ts'
import { exitCodes, exitCodesSubject } from './exit-codes.ts'

/** A command's help says its summary once: it stands at the top. */
class BriefCommandHelp extends CommandHelp {
  protected override description(): string | undefined {
    const { description } = this.command
    return description === undefined ? undefined : this.wrap(description)
  }
}

/** The help class that package.json names. */
export default class LambdactlHelp extends Help {
  protected override CommandHelpClass: typeof CommandHelp = BriefCommandHelp

  override async showHelp(argv: string[]): Promise<void> {
    if (argv.includes(exitCodesSubject)) this.log(this.formatExitCodes())
    else await super.showHelp(argv)
  }

  /** All commands, those that belong together side by side. */
  protected override async showRootHelp(): Promise<void> {
    const groups = Object.entries(commandGroups).map(([title, words]) => this.formatGroup(title, words))
    this.log(
      [
        this.formatRoot(),
        ...groups,
        this.formatExitCodes(),
        'lambdactl help COMMAND tells all of a command.',
      ].join('\n\n'),
    )
  }

  private formatGroup(title: string, words: readonly string[]): string {
    const ofWord = (word: string) => this.sortedCommands.filter(({ id }) => id.split(':')[0] === word)
    return this.section(title, this.list(words.flatMap(ofWord)))
  }

  private list(commands: readonly Command.Loadable[]): string {
    const rows = commands.map((command): [string, string | undefined] => {
      return [command.id.replaceAll(':', ' '), this.summary(command)]
    })
    return this.renderList(rows, { indentation: 2, spacer: '\n', stripAnsi: this.opts.stripAnsi ?? false })
  }

  private formatExitCodes(): string {
    const rows = Object.entries(exitCodes).map(([code, meaning]): [string, string] => [code, meaning])
    return this.section('EXIT CODES', rows)
  }
}
