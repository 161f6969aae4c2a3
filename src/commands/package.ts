import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { EnvironmentCommand, resolved } from '../cli/environment-command.ts'
import { configFlags } from '../cli/flags.ts'
import { systemClock } from '../cli/system-clock.ts'
import { packageText, progressText } from '../ui/package-text.ts'
import { type PackageSummary, packageFunctions } from '../workflows/package-functions.ts'

export default class Package extends EnvironmentCommand {
  static override summary = 'Build the zip of functions, without uploading it.'
  static override description =
    'Shows the digest over the content, the same on every machine, the sizes and the largest parts. Needs no AWS.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> checkout --out checkout.zip',
  ]
  static override args = {
    function: Args.string({
      description: 'functions of lambdactl.yaml; all when none is named',
      multiple: true,
    }),
  }
  static override flags = {
    ...configFlags,
    env: Flags.string({
      char: 'e',
      env: 'LAMBDACTL_ENV',
      description: 'an environment, for its overrides; otherwise the first',
      helpValue: 'ENV',
    }),
    out: Flags.string({ description: 'write the zip of one function here', helpValue: 'FILE' }),
  }

  async run(): Promise<PackageSummary[]> {
    const { args, flags } = await this.parse(Package)
    const located = await this.locate(flags, args.function ?? [])
    const fns = located.functions.map((each) => resolved(located, each))
    const summaries = await packageFunctions(fns, {
      out: flags.out,
      clock: systemClock,
      onProgress: (name, progress) => this.tell(`${name}  ${progressText(progress)}`),
    })
    for (const summary of summaries) this.show(packageText(summary))
    return summaries
  }
}
