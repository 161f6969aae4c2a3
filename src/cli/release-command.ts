import type { LocatedEnvironment } from '../config/types.ts'
import type { ReleaseEvent, TimedReleaseEvent } from '../release/event.ts'
import { narrator } from '../ui/narrator.ts'
import type { OnInterrupt } from '../workflows/on-interrupt.ts'
import type { ReleaseResult } from '../workflows/release-function.ts'
import type { Run } from '../workflows/run.ts'
import { connect } from './connect.ts'
import { EnvironmentCommand, type EnvironmentFlags } from './environment-command.ts'
import { exitCodeOf } from './exit-codes.ts'
import { isInForeground } from './foreground.ts'
import type { Asked } from './interrupt-question.ts'
import { maskAll } from './mask.ts'
import { listenForReleaseInterrupt } from './release-interrupt.ts'
import { runCommand } from './run-command.ts'
import { systemClock } from './system-clock.ts'

/** Where a release's events are shown while it runs. */
interface Presenter {
  tell(event: TimedReleaseEvent): void
  /** Where a person reads along, and may be asked. */
  question?: Pick<Asked, 'show' | 'hide'>
  /** Gives the terminal back, where it was taken. */
  end?(): Promise<void>
}

/** The parsed flags of a command that carries releases. */
interface ReleaseFlags extends EnvironmentFlags {
  'on-interrupt': OnInterrupt | undefined
}

/** A command that carries releases: events on the way, the user's interrupt, one result a function. */
export abstract class ReleaseCommand extends EnvironmentCommand {
  protected override readonly streamsJson = true

  /** Shows a live view on a person's terminal; otherwise, and by default, plain lines. */
  protected readonly showsView: boolean = false

  protected async release(
    environment: LocatedEnvironment,
    flags: ReleaseFlags,
    work: (run: Run) => AsyncIterable<ReleaseResult>,
  ): Promise<void> {
    const aws = await connect(environment, flags)
    const presenter = await this.presenter()
    const results: ReleaseResult[] = []
    try {
      using interrupt = listenForReleaseInterrupt(flags['on-interrupt'], () => askedBy(presenter))
      const emit = (event: ReleaseEvent) => {
        interrupt.see(event)
        presenter.tell(maskAll({ time: systemClock.now(), ...event }))
      }
      const run = { aws, clock: systemClock, runCommand, signal: interrupt.signal, emit }
      for await (const result of work(run)) results.push(result)
    } finally {
      await presenter.end?.()
      // One that fails does not hide what those before it came to.
      for (const result of results) this.showResult(result, environment)
    }
  }

  private async presenter(): Promise<Presenter> {
    if (this.jsonEnabled()) return { tell: (event) => this.streamJson(event) }
    if (!this.showsView || !process.stderr.isTTY || isInCi()) return this.plainPresenter()
    const { showCanary } = await import('../ui/show-canary.tsx')
    return showCanary(process.stderr)
  }

  private plainPresenter(): Presenter {
    return {
      tell: narrator((line) => this.tell(line)),
      question: {
        show: (question) => this.tell(question),
        hide: (answer) => {
          if (answer === 'go-on') this.tell('Going on.')
        },
      },
    }
  }

  private showResult(result: ReleaseResult, target: ShownTarget): void {
    if (result.outcome === 'waiting') process.exitCode = exitCodeOf('PAUSED')
    if (this.jsonEnabled()) return this.streamJson({ event: 'result', ...result })
    this.show(`${result.function}: ${resultText(result, target)}`)
  }
}

/** Nobody is asked where nobody sits at the terminal. */
function askedBy({ question }: Presenter): Asked | undefined {
  const { stdin, stderr } = process
  if (!question || isInCi() || !stdin.isTTY || !stderr.isTTY || !isInForeground()) return undefined
  return { keyboard: stdin, ...question }
}

/** A runner may well have a terminal, but nobody sits there, and ink shows nothing on it before the end. */
function isInCi(): boolean {
  return Boolean(process.env['CI'])
}

type ShownTarget = Pick<LocatedEnvironment, 'name' | 'alias'>

function resultText(result: ReleaseResult, { name, alias }: ShownTarget): string {
  const before = result.previous === undefined ? '' : ` (before: ${result.previous})`
  switch (result.outcome) {
    case 'released':
      return `version ${result.version} has 100% of ${alias}${before}`
    case 'unchanged':
      return `nothing to deploy, ${alias} is on version ${result.version}`
    case 'configured':
      return `nothing to publish, ${alias} is on version ${result.version}; its settings were applied`
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
