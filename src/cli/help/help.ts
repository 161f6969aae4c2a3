import { join } from 'node:path'
import type { Command } from '@oclif/core/command'
import { CommandHelp, Help } from '@oclif/core/help'
import type * as Interfaces from '@oclif/core/interfaces'
import { fitted, widthOf } from '../../ui/text/fitted.ts'
import { exitCodes, exitCodesSubject } from '../exit/exit-codes.ts'
import { commandGroups, pageOf } from './groups.ts'

/** Wider lines are hard to read. */
export const widest = 80

/** A command's help shows its summary once, at the top, and the page to read on. */
class BriefCommandHelp extends CommandHelp {
  protected override sections(): ReturnType<CommandHelp['sections']> {
    const page = pageOf(this.command.id.split(':')[0] ?? '')
    const place = join(this.config.root, page)
    return [...super.sections(), { header: 'DOCUMENTATION', generate: () => place }]
  }

  protected override description(): string | undefined {
    const { description } = this.command
    return description === undefined ? undefined : this.wrap(description)
  }
}

/** The help class that package.json names. */
export default class LambdactlHelp extends Help {
  protected override CommandHelpClass: typeof CommandHelp = BriefCommandHelp

  constructor(config: Interfaces.Config, options: Partial<Interfaces.HelpOptions> = {}) {
    super(config, { maxWidth: Math.min(widest, widthOf(process.stdout)), ...options })
  }

  protected override log(...texts: string[]): void {
    super.log(this.laidOut(texts.join(' ')))
  }

  /** oclif wraps neither the top nor names, and leaves spaces at line ends and bars before nothing. */
  protected laidOut(text: string): string {
    return fitted(text, this.opts.maxWidth).replaceAll(/(?: \|)? (?=\])| +$/gm, '')
  }

  override async showHelp(argv: string[]): Promise<void> {
    if (argv.includes(exitCodesSubject)) this.log(this.formatExitCodes())
    else await super.showHelp(argv)
  }

  /** Shows all commands in their groups. */
  protected override async showRootHelp(): Promise<void> {
    const groups = Object.entries(commandGroups).map(([title, words]) => this.formatGroup(title, words))
    this.log(
      [
        this.formatRoot(),
        ...groups,
        this.formatExitCodes(),
        'lambdactl help COMMAND tells all of a command.',
        this.section('DOCUMENTATION', join(this.config.root, 'README.md')),
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
