import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as Args from '@oclif/core/args'
import { BaseCommand } from '../../cli/base-command.ts'
import { completionScripts, type Shell, shells } from '../../cli/completion/scripts.ts'

/** The script by which a shell completes lambdactl's words. */
interface ShellCompletion {
  shell: Shell
  script: string
  /** The command or the line that installs it. */
  install: string
}

export default class Completion extends BaseCommand {
  static override summary = "Print the script by which a shell completes lambdactl's words."
  static override description =
    'Completes commands, flags and their values, functions, environments and Regions of lambdactl.yaml, profiles, and versions and releases that commands of the last day saw. A tab asks AWS nothing.'
  static override examples = [
    'eval "$(<%= config.bin %> <%= command.id %> bash)"',
    '<%= config.bin %> <%= command.id %> fish > ~/.config/fish/completions/lambdactl.fish',
  ]
  static override args = {
    shell: Args.string({ options: [...shells], description: 'the shell', required: true }),
  }

  async run(): Promise<ShellCompletion> {
    const { args } = await this.parse(Completion)
    const shell = shells.find((each) => each === args.shell) ?? 'bash'
    const { file, install, where } = completionScripts[shell]
    const script = await readFile(join(this.config.root, 'completions', file), 'utf8')
    this.showAsIs(script.trimEnd())
    // A shell that runs this at its start must not tell it each time.
    if (process.stdout.isTTY) this.tell(`To install it, ${where}:\n${install}`)
    return { shell, script, install }
  }
}
