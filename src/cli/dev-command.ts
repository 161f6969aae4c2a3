import { setMaxListeners } from 'node:events'
import type { LocatedEnvironment } from '../config/service/locate.ts'
import { LambdactlError } from '../errors/error.ts'
import { answerText, devText } from '../ui/lines/dev.ts'
import { noticeText } from '../ui/lines/notice.ts'
import type { LineEvent, RequestEvent } from '../ui/logs/ndjson.ts'
import { errorText } from '../ui/text/error.ts'
import type { Timed } from '../ui/text/json/versioned.ts'
import { tellTimes } from '../ui/text/time.ts'
import type { Invocation } from '../workflows/dev/answers.ts'
import type { DevEvent, Developed } from '../workflows/dev/event.ts'
import { develop } from '../workflows/develop.ts'
import { invokeFunction } from '../workflows/invoke.ts'
import type { Notice, NoticeEvent } from '../workflows/logs/notice.ts'
import type { Source } from '../workflows/logs/wanted-functions.ts'
import type { Run } from '../workflows/run/run.ts'
import { EnvironmentCommand, type EnvironmentFlags, type Located, targetOf } from './environment-command.ts'
import { type ErrorReport, errorReport, type NextByCode, toShownError } from './exit/error-report.ts'
import { functionsToRelease } from './functions-to-release.ts'
import { listenForInterrupt } from './interrupt/interrupt.ts'
import { followLines } from './logs/follow-lines.ts'
import { systemClock } from './run/clock.ts'
import { realRun } from './run/real-run.ts'
import { findOrOpenSandbox, localEndpoint } from './sandbox-control/local-sandbox.ts'

/** The payload of a function that is invoked after each of its deploys. */
export interface WatchedPayload {
  read: () => Promise<Uint8Array>
  /** Its file, whose changes count too; absolute. */
  file: string | undefined
}

/** These notices tell that lines may be missing; the others are of no use while functions come and go. */
const toldNotices: ReadonlySet<Notice['notice']> = new Set(['gap', 'denied', 'retrying', 'resumed'])

interface DevelopedPlace {
  flags: EnvironmentFlags
  names: readonly string[]
  located: Located
  payload: WatchedPayload | undefined
}

/** A file that is saved is taken at once, so nothing has to be run again. */
const onceSaved: NextByCode = {
  PACKAGE_INVALID: "Correct the function's source: it is deployed once you save it.",
  CONFIG_INVALID: (config) => `Correct ${config.name}: it is read again once you save it.`,
}

/** An event of developing, with its error as programs read it. */
type ToldDevEvent<Event extends DevEvent = DevEvent> = Event extends { error: unknown }
  ? Omit<Event, 'error'> & { error: ErrorReport }
  : Event

type TimedDevEvent = Timed & ToldDevEvent

/** A command that keeps a sandbox up to date with the sources of functions. */
export abstract class DevCommand extends EnvironmentCommand<
  TimedDevEvent | LineEvent | RequestEvent | NoticeEvent
> {
  private readonly tellTime = tellTimes(Date.now())

  /**
   * Deploys functions to a sandbox that it finds or starts, and again with each change, until it is interrupted.
   *
   * @param payload invokes the first function after each of its deploys
   * @throws LambdactlError USAGE for an environment that is not on this machine
   */
  protected async developUntilInterrupted(
    flags: EnvironmentFlags,
    names: readonly string[],
    payload?: WatchedPayload,
  ): Promise<void> {
    using interrupt = listenForInterrupt(() => this.tell('Stopping.'))
    const reader = new AbortController()
    process.stdout.once('error', () => reader.abort())
    const signal = AbortSignal.any([interrupt.signal, reader.signal])
    setMaxListeners(0, signal)
    const located = await this.locate(flags, names)
    const url = localEndpoint(located.environment, flags)
    requireUnprotected(located.environment)
    while (!signal.aborted) {
      await using sandbox = await findOrOpenSandbox(url)
      if (sandbox.isOwn) this.tell(`Started a sandbox at ${url.origin}, which ends with this command.`)
      const either = AbortSignal.any([signal, sandbox.gone])
      setMaxListeners(0, either)
      try {
        await this.developAt(either, { flags, names, located, payload })
      } catch (error) {
        if (!either.aborted) throw error
      }
      if (!signal.aborted) this.warn(`The sandbox at ${url.origin} has ended, with all that was in it.`)
    }
  }

  private async developAt(
    signal: AbortSignal,
    { flags, names, located, payload }: DevelopedPlace,
  ): Promise<void> {
    const { environment, config } = located
    const aws = await this.connect(environment, flags, signal)
    const run: Run = realRun({ config: this.namedConfig, aws, signal }, (event) => {
      if (event.event === 'warning') this.warn(event.text)
    })
    let sources: readonly Source[] = []
    const start = run.clock.now()
    const lines: Promise<void>[] = []
    const followLinesOf = (event: DevEvent) => {
      if (event.event === 'watching') lines.push(this.followLines(run, sources, start))
      const added = event.event === 'configured' ? event.added : []
      if (added.length === 0) return
      const joined = sources.filter(({ name }) => added.includes(name))
      lines.push(this.followLines(run, joined, run.clock.now()))
    }
    const load = async () => {
      const found = await this.locate(flags, names)
      requireSamePlace(environment, found.environment)
      const described = await developedIn(found, run)
      sources = described.map(({ fn }) => fn)
      return described
    }
    await develop(run, {
      configPath: config.file.path,
      load,
      invocation: invocationOf(run, located, payload),
      tell: (event) => {
        this.tellDev(event)
        followLinesOf(event)
      },
    })
    await Promise.all(lines)
  }

  /** Without its log lines a command is still of use. */
  private async followLines(run: Run, sources: readonly Source[], start: number): Promise<void> {
    const asJson = this.jsonEnabled()
    const deploy = 'lambdactl deploy'
    const notice = (told: Notice) => {
      if (!toldNotices.has(told.notice) || run.signal.aborted) return
      if (asJson) this.streamJson({ event: 'notice', ...told })
      else this.tell(noticeText(told, true, this.tellTime))
    }
    try {
      await followLines(run, { sources, start, asJson, width: this.width, deploy, notice })
    } catch (error) {
      if (!run.signal.aborted) this.warn(`Log lines are not shown. ${toShownError(error).message}`)
    }
  }

  private tellDev(event: DevEvent): void {
    const time = systemClock.now()
    const report =
      'error' in event ? errorReport(toShownError(event.error, onceSaved), this.namedConfig) : undefined
    if (this.jsonEnabled())
      return this.streamJson({ time, ...(report ? { ...event, error: report } : event) } as TimedDevEvent)
    this.show(`${this.tellTime(time)} ${devText(event)}`)
    if (report) this.show(errorText(report))
    if (event.event === 'answered' && !event.isSame) this.showAsIs(answerText(event))
  }
}

/** @throws LambdactlError USAGE for a protected environment: nobody confirms each save */
function requireUnprotected({ name, protected: isProtected }: LocatedEnvironment): void {
  if (!isProtected) return
  throw new LambdactlError(
    'USAGE',
    `The environment ${name} is protected: nothing is deployed to it at each save.`,
    {
      next: ['Name another environment on this machine with --env.'],
    },
  )
}

function invocationOf(
  run: Run,
  { environment, functions: [fn] }: Located,
  payload: WatchedPayload | undefined,
): Invocation | undefined {
  if (!payload || !fn) return undefined
  const target = targetOf(environment, fn)
  const invoke = async () => invokeFunction(run, target, undefined, await payload.read())
  return { function: fn.name, file: payload.file, invoke }
}

async function developedIn(located: Located, run: Run): Promise<readonly Developed[]> {
  const found = await functionsToRelease(located, { load: true, build: true })(run)
  return found.map((fn) => ({ fn, target: targetOf(located.environment, fn) }))
}

/** Another place needs another connection, and another look at whether it is on this machine. */
function requireSamePlace(before: Located['environment'], now: Located['environment']): void {
  const isSame = (['endpoint', 'region', 'alias', 'account', 'profile'] as const).every(
    (field) => before[field] === now[field],
  )
  if (isSame) return
  throw new LambdactlError('CONFIG_INVALID', `The place of the environment ${now.name} has changed.`, {
    next: ['Start this command again to go there.'],
  })
}
