import {
  type LocatedEnvironment,
  type LocatedFunction,
  locateEnvironment,
  locateFunction,
} from '../config/service/locate.ts'
import { isCode, LambdactlError } from '../errors/error.ts'
import type { ReleaseEvent, TimedReleaseEvent } from '../release/history/event.ts'
import { shippedWords } from '../release/values/shipped.ts'
import { narratorToEnd } from '../ui/lines/narrator-to-end.ts'
import { thinned } from '../ui/lines/thinned.ts'
import { deployText } from '../ui/results/deploy.ts'
import type { Promotion } from '../workflows/run/release-options.ts'
import type { ReleaseResult } from '../workflows/run/release-result.ts'
import { commandFor, type Run } from '../workflows/run/run.ts'
import type { OnInterrupt } from '../workflows/watch/on-interrupt.ts'
import type { ResultEvent } from './base-command.ts'
import { EnvironmentCommand, type EnvironmentFlags, type Located, targetOf } from './environment-command.ts'
import { isInForeground, isSomebodyThere } from './interrupt/foreground.ts'
import { type Asked, interruptKeys } from './interrupt/question.ts'
import { listenForReleaseInterrupt } from './interrupt/release.ts'
import { candidateFailures } from './logs/candidate-failures.ts'
import { afterEvent, type Course } from './pipelines/course.ts'
import { folded, foldingOf } from './pipelines/fold.ts'
import type { Part } from './pipelines/part.ts'
import { enterPlace, requireAccount } from './place/enter-place.ts'
import { type Presenter, presenterFor, quietPresenter } from './run/presenter.ts'
import { realRun } from './run/real-run.ts'

/** The parsed flags of a command that carries releases. */
interface ReleaseFlags extends EnvironmentFlags {
  'on-interrupt': OnInterrupt | undefined
  events: 'changes' | 'all'
  'dry-run'?: boolean
  yes: boolean
}

/** The events of a release, and its result. */
export type ReleaseStream<Result> = TimedReleaseEvent | ResultEvent<Result>

/** A command that carries releases: events while it runs, the user's interrupt, one result for each function. */
export abstract class ReleaseCommand extends EnvironmentCommand<ReleaseStream<ReleaseResult>> {
  protected override readonly streamsJson = true
  private readonly courses = new Map<string, Course>()

  /**
   * @param what a person confirms in a protected environment, as in `deploy checkout`; undefined for nothing
   * @throws LambdactlError as the work
   */
  protected async release(
    { environment, functions }: Pick<Located, 'environment' | 'functions'>,
    flags: ReleaseFlags,
    what: string | undefined,
    work: (run: Run) => AsyncIterable<ReleaseResult>,
  ): Promise<void> {
    const names = functions.map(({ name }) => name)
    for (const name of names) this.tellPart({ function: name })
    let presenter: Presenter | undefined
    const results: ReleaseResult[] = []
    const failures = candidateFailures()
    let run: Run | undefined
    let failure: unknown
    using interrupt = listenForReleaseInterrupt(flags['on-interrupt'], () => presenter && askedBy(presenter))
    try {
      const aws = await this.connect(environment, flags, interrupt.signal)
      const { signal, isAsked } = interrupt
      if (what !== undefined) await this.confirmChange(environment, flags, what, signal)
      const shown = this.presenter(names, flags)
      presenter = shown
      const isWatched = () => shown.isWatched?.() ?? false
      run = realRun({ config: this.namedConfig, aws, signal, isAsked, isWatched }, (event) => {
        interrupt.see(event)
        failures.see(event)
        this.follow(event)
        shown.tell(event)
      })
      for await (const result of work(run)) results.push(result)
    } catch (error) {
      failure = error
      throw error
    } finally {
      await presenter?.end?.()
      // A failed function does not hide the earlier results.
      for (const result of results) this.showResult(result, environment)
      if (run && isCode(failure, 'ROLLED_BACK') && !this.jsonEnabled()) {
        const targets = functions.map((fn) => targetOf(environment, fn))
        for (const text of await failures.texts(run, targets)) this.tell(text)
      }
    }
  }

  /**
   * Finds a function in another environment, for a release of the version that this one serves. The flags of the place
   * are for the environment of the release.
   *
   * @throws LambdactlError USAGE for the same environment, NOT_FOUND, ACCOUNT_MISMATCH, and the errors of `enterPlace`
   */
  protected async promotionsFrom(
    name: string,
    { config, environment }: Located,
    run: Run,
  ): Promise<(fn: LocatedFunction) => Promotion> {
    if (name === environment.name) throw sameEnvironment(name)
    const from = locateEnvironment(config, name)
    const none = { region: undefined, 'endpoint-url': undefined, profile: undefined }
    const { aws } = await enterPlace(from, none, { signal: run.signal, ...this.callListeners() })
    if (from.account !== undefined) await requireAccount(name, from.account, aws, run.signal)
    return (fn) => ({ run: { ...run, aws }, target: targetOf(from, locateFunction(config, name, fn.name)) })
  }

  /** Keeps the course of each release, and its facts as soon as they are known, for the pipeline. */
  private follow(event: TimedReleaseEvent): void {
    const course = afterEvent(this.courses.get(event.function), event)
    if (!course) return
    this.courses.set(event.function, course)
    if (event.event === 'planned') this.tellPart(plannedPart(event))
    if (event.event === 'rolled-back')
      this.tellPart({ function: event.function, version: event.version, previous: course.candidate })
    this.tellPart({ function: event.function, course })
  }

  private presenter(functions: readonly string[], flags: ReleaseFlags): Presenter {
    const stream: Presenter['tell'] = (event) => this.streamJson(event)
    if (this.jsonEnabled()) return { tell: flags.events === 'all' ? stream : thinned(stream) }
    const inDetail = flags['dry-run'] ?? false
    if (this.isQuiet) return quietPresenter((line) => this.trace(line))
    const isPlain = this.isVerbose
    const keys = keysOf(flags['on-interrupt'])
    const write = (line: string) => this.tell(line)
    const presenter = presenterFor({ functions, inDetail, isPlain, keys, narrator: narratorToEnd, write })
    const folding = inDetail ? undefined : foldingOf(process.env)
    return folding ? folded(presenter, folding, (line) => process.stderr.write(`${line}\n`)) : presenter
  }

  private showResult(result: ReleaseResult, { name, alias, placeFlags = [] }: LocatedEnvironment): void {
    if (result.outcome === 'waiting') this.exitAs('PAUSED')
    const { function: ofPart, outcome, version, previous } = result
    this.tellPart({ function: ofPart, outcome, version, previous })
    const target = { function: result.function, environment: name, placeFlags }
    this.endStream(
      { event: 'result', ...result },
      deployText(result, alias, (...words) => commandFor(target, ...words)),
    )
  }
}

function sameEnvironment(name: string): LambdactlError {
  return new LambdactlError('USAGE', `--from-env ${name} is the environment of the release itself.`, {
    next: ['Name the environment whose version is to be released here, as in --from-env staging.'],
  })
}

function askedBy({ question }: Presenter): Asked | undefined {
  return question && isSomebodyThere() ? { keyboard: process.stdin, ...question } : undefined
}

const interruptWords = {
  pause: 'pauses here',
  'roll-back': 'rolls back',
  detach: 'leaves the release as it is',
} as const

/** The text about Ctrl-C, by the rules of `listenForReleaseInterrupt`. */
function keysOf(onInterrupt: OnInterrupt | undefined): string | undefined {
  if (!isInForeground()) return undefined
  if (!onInterrupt && isSomebodyThere()) return interruptKeys
  return `Ctrl-C ${interruptWords[onInterrupt ?? 'roll-back']}`
}

/** The part of a function whose release is planned; a reader of the job's summary learns of settings that it ships. */
function plannedPart({ function: name, plan, resumed }: Extract<ReleaseEvent, { event: 'planned' }>): Part {
  const { id, ships } = plan
  return {
    function: name,
    release: id,
    begun: !resumed,
    ...(ships && { notes: [`${name}: this release also ships ${shippedWords(ships)}`] }),
  }
}
