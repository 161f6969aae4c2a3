import * as Args from '@oclif/core/args'
import { loadHelpClass } from '@oclif/core/help'
import { BaseCommand } from '../cli/base-command.ts'
import { exitCodesSubject } from '../cli/exit/exit-codes.ts'
import { type HelpDocument, helpDocument } from '../cli/help/document.ts'
import { unknownCommand } from '../cli/usage/unknown-command.ts'

export default class HelpCommand extends BaseCommand {
  static override summary = 'Show all commands, or all of one command.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> deploy',
    '<%= config.bin %> <%= command.id %> logs tail',
    '<%= config.bin %> <%= command.id %> exit-codes',
  ]
  static override args = {
    command: Args.string({ description: 'a command, or exit-codes; default: all commands', multiple: true }),
  }

  async run(): Promise<HelpDocument | undefined> {
    const { args } = await this.parse(HelpCommand)
    const words = args.command ?? []
    const topics = this.config.topics.map(({ name }) => name)
    const isKnown = [...this.config.commandIDs, ...topics, exitCodesSubject, ''].includes(words.join(':'))
    if (!isKnown) throw unknownCommand(words, [], this.config.commands)
    if (this.jsonEnabled())
      return helpDocument(words.join(':') === exitCodesSubject ? [] : words, this.config.commands)
    const HelpClass = await loadHelpClass(this.config)
    await new HelpClass(this.config, this.config.pjson.oclif.helpOptions).showHelp(words)
    return undefined
  }
}
