import type { LocatedEnvironment } from '../config/types.ts'
import type { ReleaseEvent, TimedReleaseEvent } from '../release/event.ts'
import { narrator } from '../ui/narrator.ts'
import type { Following } from '../workflows/follow.ts'
import type { ReleaseResult } from '../workflows/release-function.ts'
import type { Run } from '../workflows/run.ts'
import { connect } from './connect.ts'
import { EnvironmentCommand, type EnvironmentFlags } from './environment-command.ts'
import { exitCodeOf } from './exit-codes.ts'
import { listenForInterrupt } from './interrupt.ts'
import { runCommand } from './run-command.ts'
import { systemClock } from './system-clock.ts'

/** Where a release's events are shown while it runs. */
interface Presenter {
  tell(event: TimedReleaseEvent): void
  /** Gives the terminal back, where it was taken. */
  end?(): Promise<void>
}

/** What `followFlags` say. */
export function followingOf(flags: { detach: boolean; 'on-interrupt': Following['onInterrupt'] }): Following {
  return { watch: !flags.detach, onInterrupt: flags['on-interrupt'] }
}

/** A command that carries releases: events on the way, the user's interrupt, one result a function. */
export abstract class ReleaseCommand extends EnvironmentCommand {
  protected override readonly streamsJson = true

  /** Shows a live view on a terminal; otherwise, and by default, plain lines. */
  protected readonly showsView: boolean = false

  protected async release(
    environment: LocatedEnvironment,
    flags: EnvironmentFlags,
    work: (run: Run) => AsyncIterable<ReleaseResult>,
  ): Promise<void> {
    const aws = await connect(environment, flags)
    const presenter = await this.presenter()
    using interrupt = listenForInterrupt()
    const emit = (event: ReleaseEvent) => presenter.tell({ time: systemClock.now(), ...event })
    const run = { aws, clock: systemClock, runCommand, signal: interrupt.signal, emit }
    const results: ReleaseResult[] = []
    try {
      for await (const result of work(run)) results.push(result)
    } finally {
      await presenter.end?.()
      // One that fails does not hide what those before it came to.
      for (const result of results) this.showResult(result, environment)
    }
  }

  private async presenter(): Promise<Presenter> {
    if (this.jsonEnabled()) return { tell: (event) => this.streamJson(event) }
    if (!this.showsView || !process.stderr.isTTY) return { tell: narrator((line) => this.tell(line)) }
    const { showCanary } = await import('../ui/show-canary.tsx')
    return showCanary(process.stderr)
  }

  private showResult(result: ReleaseResult, target: ShownTarget): void {
    if (result.outcome === 'waiting') process.exitCode = exitCodeOf('PAUSED')
    if (this.jsonEnabled()) return this.streamJson({ event: 'result', ...result })
    this.show(`${result.function}: ${resultText(result, target)}`)
  }
}

type ShownTarget = Pick<LocatedEnvironment, 'name' | 'alias'>

function resultText(result: ReleaseResult, { name, alias }: ShownTarget): string {
  const before = result.previous === undefined ? '' : ` (before: ${result.previous})`
  switch (result.outcome) {
    case 'released':
      return `version ${result.version} has 100% of ${alias}${before}`
    case 'unchanged':
      return `nothing to deploy, ${alias} is on version ${result.version}`
    case 'idle':
      return `no release is in progress, ${alias} is on version ${result.version}`
    case 'planned':
      return 'planned only, nothing was changed'
    case 'waiting': {
      const due = result.next === undefined ? '' : ` at ${new Date(result.next).toISOString()}`
      return `version ${result.version} goes on${due}; carry it on with: lambdactl canary resume ${result.function} --env ${name}`
    }
  }
}
