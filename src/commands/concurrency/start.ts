import { ConcurrencyCommand } from '../../cli/concurrency-command.ts'
import { oneFunction } from '../../cli/flags/args.ts'
import { dryRunFlag } from '../../cli/flags/change.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { startText } from '../../ui/results/concurrency/stopping.ts'
import { type StartResult, startFunction } from '../../workflows/concurrency/start.ts'

export default class ConcurrencyStart extends ConcurrencyCommand {
  static override summary = 'Start a stopped function with the concurrency that it had.'
  static override description =
    'Reads the record of `concurrency stop`, sets the same reservation, provisions the same environments, and waits until they are READY. Run it again if it was cut off.'
  static override examples = ['<%= config.bin %> <%= command.id %> checkout --env prod']
  static override args = oneFunction
  static override flags = { ...environmentFlags, ...dryRunFlag }

  async run(): Promise<StartResult> {
    const { args, flags } = await this.parse(ConcurrencyStart)
    const onProgress = (progress: Parameters<typeof this.tellReady>[0]) => this.tellReady(progress)
    const result = await this.onFunction(flags, args.function, (run, target) =>
      startFunction(run, target, { dryRun: flags['dry-run'], onProgress }),
    )
    this.show(startText(result))
    return result
  }
}
