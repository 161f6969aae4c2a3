import * as Flags from '@oclif/core/flags'
import { EnvironmentCommand, type EnvironmentFlags, targetOf } from '../../cli/environment-command.ts'
import { oneFunction } from '../../cli/flags/args.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { listenForEnough } from '../../cli/interrupt/watching.ts'
import { webFlag } from '../../cli/output/output-flags.ts'
import type { ReleaseStream } from '../../cli/release-command.ts'
import { canDraw, livePresenter, type Presenter } from '../../cli/run/presenter.ts'
import { realRun } from '../../cli/run/real-run.ts'
import type { LocatedEnvironment } from '../../config/service/locate.ts'
import { changesOnly } from '../../ui/lines/changes-only.ts'
import { narrator } from '../../ui/lines/narrator.ts'
import { releaseText } from '../../ui/results/canary-status.ts'
import { tellTimes } from '../../ui/text/time.ts'
import { outcomeCodes } from '../../workflows/ending/errors.ts'
import { type ReleaseStatus, releaseStatus } from '../../workflows/release-status.ts'
import type { Run, Target } from '../../workflows/run/run.ts'
import { watchRelease } from '../../workflows/watch/watch-release.ts'

type Outcome = ReleaseStatus['outcome']

export default class CanaryStatus extends EnvironmentCommand<ReleaseStream<ReleaseStatus>> {
  static override summary = 'Show the state of the last release, its remaining steps, and its alarms.'
  static override description =
    'Reads the alias and the journal alone, so it works on any machine. With --watch it follows the release until it has ended, also while it is paused, and takes no part in it: q and Ctrl-C end only the watching.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout --env prod',
    '<%= config.bin %> <%= command.id %> checkout --env prod --watch',
  ]
  static override args = oneFunction
  static override flags = {
    ...environmentFlags,
    web: { ...webFlag.web, exclusive: ['json', 'watch'] },
    'exit-code': Flags.boolean({
      description: 'exit by the outcome of the release: 0 done, 7 rolled back, 8 more to come, 5 moved',
    }),
    watch: Flags.boolean({
      char: 'w',
      description: 'follow it until it has ended: live on a terminal, else one line for each change',
    }),
  }

  /** Known before the flags are parsed, so that an error about them has the same form. */
  protected override readonly streamsJson = this.argv.some((word) => word === '--watch' || word === '-w')

  async run(): Promise<ReleaseStatus | undefined> {
    const { args, flags } = await this.parse(CanaryStatus)
    const { environment, fn } = await this.locateOne(flags, args.function)
    const target = targetOf(environment, fn)
    if (flags.watch) return this.watch(environment, target, flags)
    const run = await this.quickRun(environment, flags)
    if (flags.web) return this.showPages(run, [target], 'function')
    const status = await releaseStatus(run, target)
    this.show(releaseText(status, this.width))
    this.exitBy(status.outcome, flags)
    return status
  }

  private async watch(
    environment: LocatedEnvironment,
    target: Target,
    flags: EnvironmentFlags & { 'exit-code': boolean },
  ): Promise<undefined> {
    const isLive = !this.jsonEnabled() && !this.isQuiet && process.stdout.isTTY && canDraw(process.stderr)
    const presenter = isLive ? this.live(target) : this.lines()
    using interrupt = listenForEnough(isLive)
    const { signal } = interrupt
    const aws = await this.connect(environment, flags, signal)
    const isWatched = () => presenter.isWatched?.() ?? false
    const run = realRun({ config: this.namedConfig, aws, signal, isWatched }, (event) => {
      // People see the end in the result.
      if (this.jsonEnabled() || !tellsEnd(event)) presenter.tell(event)
    })
    const outcome = await lookOn(run, target, presenter)
    if (signal.aborted) this.tell('The watching ended; the release did not change.')
    const status = await releaseStatus(run, target)
    this.endStream({ event: 'result', ...status }, releaseText(status, this.width))
    this.exitBy(outcome, flags)
  }

  private live(target: Target): Presenter {
    const keys = 'q or Ctrl-C ends only the watching; the release goes on.'
    return livePresenter(process.stderr, {
      functions: [target.function],
      keys,
      narrator,
      write: (line) => this.tell(line),
    })
  }

  /** Lines are the result here, so they go to stdout. */
  private lines(): Presenter {
    if (this.jsonEnabled()) return { tell: changesOnly((event) => this.streamJson(event)) }
    return { tell: changesOnly(narrator((line) => this.show(line), tellTimes())) }
  }

  private exitBy(outcome: Outcome, flags: { 'exit-code': boolean }): void {
    if (flags['exit-code'] && outcome !== 'done') this.exitAs(outcomeCodes[outcome])
  }
}

function tellsEnd(event: Parameters<Run['emit']>[0]): boolean {
  return event.event === 'standing' && (event.phase === 'done' || event.phase === 'rolled-back')
}

/** Watches the release, then restores the terminal. */
async function lookOn(run: Run, target: Target, presenter: Presenter): Promise<Outcome> {
  try {
    return await watchRelease(run, target)
  } finally {
    await presenter.end?.()
  }
}
