import type { LocatedEnvironment } from '../config/service/locate.ts'
import { narratorToEnd } from '../ui/lines/narrator-to-end.ts'
import { isInCi } from '../ui/text/is-in-ci.ts'
import { formatMoment } from '../ui/text/time.ts'
import type { ReleaseResult } from '../workflows/run/release-result.ts'
import { commandFor, type Run } from '../workflows/run/run.ts'
import type { OnInterrupt } from '../workflows/watch/on-interrupt.ts'
import { EnvironmentCommand, type EnvironmentFlags, type Located } from './environment-command.ts'
import { exitCodeOf } from './exit/exit-codes.ts'
import { isInForeground } from './interrupt/foreground.ts'
import { type Asked, interruptKeys } from './interrupt/question.ts'
import { listenForReleaseInterrupt } from './interrupt/release.ts'
import { type Presenter, presenterFor } from './presenter.ts'
import { realRun } from './run/real-run.ts'

/** The parsed flags of a command that carries releases. */
interface ReleaseFlags extends EnvironmentFlags {
  'on-interrupt': OnInterrupt | undefined
  'dry-run'?: boolean
}

/** A command that carries releases: events while it runs, the user's interrupt, one result for each function. */
export abstract class ReleaseCommand extends EnvironmentCommand {
  protected override readonly streamsJson = true

  protected async release(
    { environment, functions }: Pick<Located, 'environment' | 'functions'>,
    flags: ReleaseFlags,
    work: (run: Run) => AsyncIterable<ReleaseResult>,
  ): Promise<void> {
    const names = functions.map(({ name }) => name)
    const presenter = this.presenter(names, flags)
    const results: ReleaseResult[] = []
    try {
      using interrupt = listenForReleaseInterrupt(flags['on-interrupt'], () => askedBy(presenter))
      const aws = await this.connect(environment, flags, interrupt.signal)
      const { signal, isAsked } = interrupt
      const isWatched = () => presenter.isWatched?.() ?? false
      const run = realRun({ config: this.namedConfig, aws, signal, isAsked, isWatched }, (event) => {
        interrupt.see(event)
        presenter.tell(event)
      })
      for await (const result of work(run)) results.push(result)
    } finally {
      await presenter.end?.()
      // A failed function does not hide the earlier results.
      for (const result of results) this.showResult(result, environment)
    }
  }

  private presenter(functions: readonly string[], flags: ReleaseFlags): Presenter {
    if (this.jsonEnabled()) return { tell: (event) => this.streamJson(event) }
    const inDetail = flags['dry-run'] ?? false
    const isPlain = flags.verbose ?? false
    const keys = keysOf(flags['on-interrupt'])
    const write = (line: string) => this.tell(line)
    return presenterFor({ functions, inDetail, isPlain, keys, narrator: narratorToEnd, write })
  }

  private showResult(result: ReleaseResult, target: ShownTarget): void {
    if (result.outcome === 'waiting') process.exitCode = exitCodeOf('PAUSED')
    if (this.jsonEnabled()) return this.streamJson({ event: 'result', ...result })
    this.show(`${result.function}: ${resultText(result, target)}`)
  }
}

function askedBy({ question }: Presenter): Asked | undefined {
  return question && isSomebodyThere() ? { keyboard: process.stdin, ...question } : undefined
}

/** Nobody can be asked if nobody is at the terminal. */
function isSomebodyThere(): boolean {
  const { stdin, stderr } = process
  return !isInCi() && stdin.isTTY && stderr.isTTY && isInForeground()
}

const interruptWords = {
  pause: 'pauses here',
  'roll-back': 'rolls back',
  detach: 'leaves it as it stands',
} as const

/** The text about Ctrl-C, by the rules of `listenForReleaseInterrupt`. */
function keysOf(onInterrupt: OnInterrupt | undefined): string | undefined {
  if (!isInForeground()) return undefined
  if (!onInterrupt && isSomebodyThere()) return interruptKeys
  return `Ctrl-C ${interruptWords[onInterrupt ?? 'roll-back']}`
}

type ShownTarget = Pick<LocatedEnvironment, 'name' | 'alias' | 'placeFlags'>

function resultText(result: ReleaseResult, { name, alias, placeFlags = [] }: ShownTarget): string {
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
      const of = { function: result.function, environment: name, placeFlags }
      const due = result.next === undefined ? '' : ` at ${formatMoment(result.next)}`
      return `version ${result.version} goes on${due}; carry it on with: ${commandFor(of, 'canary resume')}${waysOn(of)}`
    }
  }
}

/** Next commands for a release that its process left: nobody watches its gates until a process carries it on. */
function waysOn(target: Parameters<typeof commandFor>[0]): string {
  const ways = [
    ['Have a job do what is due, again and again', commandFor(target, 'canary resume', '--detach')],
    ['See how it stands', commandFor(target, 'canary status')],
    ['End it', commandFor(target, 'canary abort')],
  ]
  return ['', ...ways.map(([what, command]) => `  → ${what}: ${command}`)].join('\n')
}
