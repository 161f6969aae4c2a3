import * as Args from '@oclif/core/args'
import { BaseCommand } from '../../cli/base-command.ts'
import { listenForInterrupt } from '../../cli/interrupt/interrupt.ts'
import { installRuntimeSdk, type SdkLanguage, sdkLanguages } from '../../cli/sandbox-control/runtime-sdks.ts'

interface Installed {
  language: SdkLanguage
  /** The folder of its packages. */
  folder: string
  /** Whether this command installed it. */
  isNew: boolean
}

export default class SandboxInstallSdk extends BaseCommand {
  static override summary = "Install the AWS SDK that Lambda's runtimes have, for handlers in the sandbox."
  static override description =
    'Installs the most used packages of the AWS SDK for Node.js with npm, or boto3 for Python with pip, into a folder of your cache: versions are fixed and their hashes checked, and no script of a package runs. Says first what comes, of which size, and where. Handlers of each sandbox use it from then on, also of one that runs; they look for other packages of the SDK on this machine as before.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> nodejs',
    '<%= config.bin %> <%= command.id %> python --json',
  ]
  static override args = {
    language: Args.string({ description: 'whose SDK', options: [...sdkLanguages], required: true }),
  }

  async run(): Promise<{ sdk: Installed }> {
    const { args } = await this.parse(SandboxInstallSdk)
    using interrupt = listenForInterrupt()
    const language = args.language as SdkLanguage
    const installed = await installRuntimeSdk(language, (text) => this.tell(text), interrupt.signal)
    this.show(`${installed.isNew ? 'installed in' : 'is already in'} ${installed.folder}`)
    return { sdk: { language, ...installed } }
  }
}
