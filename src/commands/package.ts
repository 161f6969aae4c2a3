import * as Flags from '@oclif/core/flags'
import { EnvironmentCommand, resolved } from '../cli/environment-command.ts'
import { severalFunctions } from '../cli/flags/args.ts'
import { configFlags } from '../cli/flags/environment.ts'
import { packageFlags } from '../cli/flags/release.ts'
import { listenForInterrupt } from '../cli/interrupt/interrupt.ts'
import { type Presenter, presenterFor, quietPresenter } from '../cli/run/presenter.ts'
import { realRun } from '../cli/run/real-run.ts'
import { packageText, progressText } from '../ui/results/package/package.ts'
import { plainLine } from '../ui/text/plain.ts'
import { type PackageSummary, packageFunctions } from '../workflows/package-functions.ts'

export default class Package extends EnvironmentCommand {
  static override summary = 'Build the zip of functions, without uploading it.'
  static override description =
    'Shows the digest of the content, which is the same on every machine, the sizes and the largest parts. Needs no AWS.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> checkout --out checkout.zip',
    '<%= config.bin %> <%= command.id %> checkout --analyze',
  ]
  static override args = severalFunctions
  static override flags = {
    ...configFlags,
    env: Flags.string({
      char: 'e',
      env: 'LAMBDACTL_ENV',
      description: 'an environment, for its overrides; default: the first',
      helpValue: 'ENV',
    }),
    ...packageFlags,
    analyze: Flags.boolean({
      description: 'show the sizes of all parts, and for a bundle the imports that lead to each',
    }),
    out: Flags.string({ description: 'the file to write the zip of one function to', helpValue: 'FILE' }),
  }

  protected override readonly takesFirstEnvironment = true

  async run(): Promise<{ functions: PackageSummary[] }> {
    const { args, flags } = await this.parse(Package)
    const located = await this.locate(flags, args.function ?? [])
    const fns = located.functions.map((each) => ({ ...resolved(located, each), load: flags.load }))
    using interrupt = listenForInterrupt()
    const presenter = this.presenter(fns.map(({ name }) => name))
    const run = realRun({ config: this.namedConfig, signal: interrupt.signal }, (event) =>
      presenter.tell(event),
    )
    const { out, analyze } = flags
    const summaries: PackageSummary[] = []
    try {
      for await (const summary of packageFunctions(run, fns, { out, analyze })) summaries.push(summary)
    } finally {
      await presenter.end?.()
      // A failed function does not hide the others.
      for (const summary of summaries) this.show(packageText(summary, this.width))
    }
    return { functions: summaries }
  }

  private presenter(functions: readonly string[]): Presenter {
    if (this.jsonEnabled()) return { tell: () => undefined }
    if (this.isQuiet) return quietPresenter((line) => this.trace(line))
    return presenterFor({ functions, narrator, write: (line) => this.tell(line) })
  }
}

/** Shows the steps that take a while; the summary has the rest. */
function narrator(write: (line: string) => void): Presenter['tell'] {
  return (event) => {
    if (event.event === 'noted') write(plainLine(`${event.function}  ${event.text}`))
    if (event.event === 'packaging') write(`${event.function}  ${progressText(event)}`)
  }
}
