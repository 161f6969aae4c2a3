import { EnvironmentCommand, targetOf } from '../../cli/environment-command.ts'
import { oneFunction } from '../../cli/flags/args.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { durationFlag } from '../../cli/flags/values.ts'
import { listenForInterrupt } from '../../cli/interrupt/interrupt.ts'
import type { ReleaseStream } from '../../cli/release-command.ts'
import { realRun } from '../../cli/run/real-run.ts'
import { narratorToEnd } from '../../ui/lines/narrator-to-end.ts'
import { tellTimes } from '../../ui/text/time.ts'
import { type AwaitedRelease, awaitRelease } from '../../workflows/watch/await-release.ts'

const twoHoursMs = 2 * 3_600_000

export default class CanaryWait extends EnvironmentCommand<ReleaseStream<AwaitedRelease>> {
  static override summary = 'Wait until the release has ended or needs a person, without taking part in it.'
  static override description =
    'Only reads, so it never disturbs the process that carries the release. Exits by the outcome: 0 done, 7 rolled back, 8 if the release is paused, awaits approval or the time is over.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout --env prod',
    '<%= config.bin %> <%= command.id %> checkout --env prod --timeout 6h',
  ]
  static override args = oneFunction
  static override flags = {
    ...environmentFlags,
    timeout: durationFlag({
      description: 'the longest wait; then exit 8',
      default: twoHoursMs,
      defaultHelp: async () => '2h',
    }),
  }

  protected override readonly streamsJson = true

  async run(): Promise<void> {
    const { args, flags } = await this.parse(CanaryWait)
    const { environment, fn } = await this.locateOne(flags, args.function)
    this.tellPart({ function: fn.name })
    using interrupt = listenForInterrupt()
    const aws = await this.connect(environment, flags, interrupt.signal)
    const run = realRun({ config: this.namedConfig, aws, signal: interrupt.signal }, this.teller())
    const tellFound = (release: string) => this.tellPart({ function: fn.name, release })
    const result = await awaitRelease(run, targetOf(environment, fn), flags.timeout, tellFound)
    const { outcome, version, release } = result
    this.tellPart({ function: fn.name, outcome, version, release })
    this.endStream(
      { event: 'result', ...result },
      `${result.function}: version ${result.version} has 100% of ${environment.alias}`,
    )
  }

  private teller(): ReturnType<typeof narratorToEnd> {
    if (this.jsonEnabled()) return (event) => this.streamJson(event)
    return narratorToEnd((line) => this.tell(line), tellTimes())
  }
}
