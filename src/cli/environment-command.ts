import type { TimeSample } from '../aws/answers/server-time.ts'
import type { Listeners } from '../aws/client/connection.ts'
import { loadConfig } from '../config/load.ts'
import { resolveFunction } from '../config/resolve.ts'
import type { Config } from '../config/service/config.ts'
import type { LocatedEnvironment, LocatedFunction } from '../config/service/locate.ts'
import { locateEnvironment } from '../config/service/locate.ts'
import type { ResolvedFunction } from '../config/types.ts'
import { nothingRead } from '../config/values/references.ts'
import { LambdactlError } from '../errors/error.ts'
import { shellWord } from '../errors/shell-word.ts'
import { nameStatusCommand } from '../errors/status-command.ts'
import type { Aws } from '../ports/aws.ts'
import { callText } from '../ui/lines/aws-call.ts'
import { decidingLines } from '../ui/lines/deciding.ts'
import { progressText } from '../ui/results/package.ts'
import { type Place, placeText } from '../ui/results/place.ts'
import { plainLine } from '../ui/text/plain.ts'
import { skewText } from '../ui/text/skew.ts'
import { tellTimes } from '../ui/text/time.ts'
import { interrupted, type Run, type Target } from '../workflows/run/run.ts'
import { chosenConfig } from './choose/config-file.ts'
import { chooseFunctions, unnamedEnvironment } from './choose/functions.ts'
import type { ErrorReport } from './exit/error-report.ts'
import { placeFlags, wholePlaceFlags } from './flags/for-shell.ts'
import { InterruptibleCommand } from './interruptible-command.ts'
import { keepVariables } from './output/secret-variables.ts'
import { awsCli } from './place/aws-cli.ts'
import type { ConnectFlags } from './place/choose-place.ts'
import { enterPlace, requireAccount } from './place/enter-place.ts'
import { systemClock } from './run/clock.ts'
import { realRun } from './run/real-run.ts'
import { lacksFunction, whichFunction } from './usage/missing-function.ts'

/** From when on a person is told that the clock of this machine is off, milliseconds. */
const toldSkewMs = 5000

/** Which configuration and environment; the file's only environment where none is named. */
export interface ChosenEnvironment {
  config: string | undefined
  env: string | undefined
}

/** The parsed flags that `environmentFlags` declares. */
export interface EnvironmentFlags extends ChosenEnvironment, ConnectFlags {}

/** A command that works on an environment of `lambdactl.yaml`. */
export abstract class EnvironmentCommand extends InterruptibleCommand {
  /** True for commands that reach nothing: they take the file's first environment where none is named. */
  protected readonly takesFirstEnvironment: boolean = false
  /** Where the command acts, once it has said so. */
  private place: Place | undefined
  private isSkewTold = false

  /**
   * Reads the configuration and chooses functions.
   *
   * @param names all functions when empty
   * @throws LambdactlError NOT_FOUND for an unknown environment or function
   */
  protected async locate(
    flags: ChosenEnvironment & Partial<ConnectFlags>,
    names: readonly string[],
  ): Promise<Located> {
    const { config: path, env } = flags
    const config = await loadConfig(await chosenConfig(path))
    const name = env ?? unnamedEnvironment(config, this.takesFirstEnvironment)
    const found = locateEnvironment(config, name)
    const environment = {
      ...found,
      placeFlags: placeFlags(flags),
      wholePlaceFlags: wholePlaceFlags(flags, found),
      awsCli: () => awsCli(found, connectFlags(flags), process.env),
    }
    const functions = chooseFunctions(config, environment, names)
    nameStatusCommand(
      ['lambdactl status', ...names.map(shellWord), '--env', name, ...environment.placeFlags].join(' '),
    )
    keepVariables(
      config,
      environment.name,
      functions.map((fn) => fn.name),
    )
    return { config, environment, functions }
  }

  /** A function that was not named is asked for by the names that there are. */
  protected override async catch(thrown: Error): Promise<never> {
    return super.catch(lacksFunction(thrown) ? await whichFunction(thrown, this.id ?? '', this.argv) : thrown)
  }

  /** The same for exactly one function. */
  protected async locateOne(flags: ChosenEnvironment, name: string): Promise<LocatedOne> {
    const located = await this.locate(flags, [name])
    const [fn] = located.functions
    if (!fn) throw new LambdactlError('BUG', `No function was chosen by the name ${name}.`)
    return { ...located, fn }
  }

  /**
   * A run for quick commands: on the way only warnings, and how far the making of a large package is. An interrupt ends what it
   * waits for.
   */
  protected async quickRun(environment: LocatedEnvironment, flags: EnvironmentFlags): Promise<Run> {
    const signal = this.heedInterrupts()
    return this.runWith(await this.connect(environment, flags, signal), signal)
  }

  /** Work that can't wait until AWS has said an account that only the place's line needs: a rollback. */
  protected async hurriedRun<Result>(
    environment: LocatedEnvironment,
    flags: EnvironmentFlags,
    work: (run: Run) => Promise<Result>,
  ): Promise<Result> {
    const signal = this.heedInterrupts()
    const { aws, told } = await this.enter(environment, flags, signal)
    try {
      return await work(this.runWith(aws, signal))
    } finally {
      await told
    }
  }

  /**
   * Connects to AWS once it has told where that is.
   *
   * @param signal ends the calls that it finds under way, now and later
   * @throws LambdactlError USAGE, ACCOUNT_MISMATCH, INTERRUPTED
   */
  protected async connect(
    environment: LocatedEnvironment,
    flags: ConnectFlags,
    signal: AbortSignal,
  ): Promise<Aws> {
    const { aws, told } = await this.enter(environment, flags, signal)
    await told
    if (signal.aborted) throw interrupted()
    return aws
  }

  private async enter(
    environment: LocatedEnvironment,
    flags: ConnectFlags,
    signal: AbortSignal,
  ): Promise<{ aws: Aws; told: Promise<void> }> {
    const onTime = (sample: TimeSample) => {
      systemClock.learn(sample)
      this.warnOfSkew()
    }
    const told = flags.verbose ? this.tellCalls() : {}
    const { aws, whole } = await enterPlace(environment, flags, { signal, onTime, ...told })
    const placed = whole(signal).then((place) => this.tellPlace(place))
    if (environment.account !== undefined) {
      await placed
      await requireAccount(environment.name, environment.account, aws, signal)
    }
    return { aws, told: placed }
  }

  /** Listeners that tell the calls of AWS as they end, and what CloudWatch says of an alarm where that is new. */
  private tellCalls(): Pick<Listeners, 'onCall' | 'onAlarm'> {
    const tellTime = tellTimes()
    const reasons = new Map<string, string>()
    const tell = (text: string) => this.trace(`${tellTime(systemClock.now(), 'ms')} ${text}`)
    return {
      onCall: (call) => tell(callText(call)),
      onAlarm({ name, condition, reason }) {
        if (reasons.get(name) === reason) return
        reasons.set(name, reason)
        tell(plainLine(`alarm ${name} ${condition}: ${reason}`))
      },
    }
  }

  /** Once, and after the place: whoever compares what is shown with this machine's clock would be misled. */
  private warnOfSkew(): void {
    const skew = systemClock.skewMs()
    if (!this.place || this.isSkewTold || Math.abs(skew) < toldSkewMs) return
    this.isSkewTold = true
    const text = skewText(skew)
    if (this.jsonEnabled() && this.streamsJson)
      this.streamJson({ time: systemClock.now(), event: 'notice', notice: 'clock', text })
    this.warn(text)
  }

  private tellPlace(place: Place): void {
    this.place = place
    if (this.jsonEnabled() && this.streamsJson)
      this.streamJson({ time: systemClock.now(), event: 'place', ...place })
    this.tell(placeText(place))
    if (place.warning !== undefined) this.warn(place.warning)
    this.warnOfSkew()
  }

  /** A document says where it is about; of a list, each entry does. */
  protected override toSuccessJson(result: unknown): unknown {
    const withPlace = (each: unknown) =>
      typeof each === 'object' && each !== null && this.place ? { ...each, place: this.place } : each
    return super.toSuccessJson(Array.isArray(result) ? result.map(withPlace) : withPlace(result))
  }

  protected override errorDocument(error: ErrorReport): object {
    return { error, ...(this.place ? { place: this.place } : {}) }
  }

  private runWith(aws: Aws, signal: AbortSignal): Run {
    return realRun({ aws, signal }, (event) => {
      if (event.event === 'warning') this.warn(event.text)
      if (event.event === 'deciding') for (const line of decidingLines(event)) this.tell(line)
      if (event.event === 'packaging') this.tell(`${event.function}  ${progressText(event)}`)
    })
  }
}

/** An environment and the chosen functions of it. */
export interface Located {
  config: Config
  environment: LocatedEnvironment
  functions: readonly LocatedFunction[]
}

/** An environment and the one chosen function of it. */
export interface LocatedOne extends Located {
  fn: LocatedFunction
}

/** The function and alias that a workflow works on. */
export function targetOf(environment: LocatedEnvironment, { name, lambdaName }: LocatedFunction): Target {
  const { alias, placeFlags: flags = [], wholePlaceFlags: whole = [], awsCli: cli } = environment
  return {
    function: name,
    environment: environment.name,
    lambdaName,
    alias,
    placeFlags: flags,
    wholePlaceFlags: whole,
    ...(cli ? { awsCli: cli } : {}),
  }
}

function connectFlags(flags: Partial<ConnectFlags>): ConnectFlags {
  const { region, 'endpoint-url': endpoint, profile } = flags
  return { region, 'endpoint-url': endpoint, profile }
}

/** All that packaging a function needs, defaults applied. Nothing is read from AWS: its values are in no package. */
export function resolved({ config, environment }: Located, { name }: LocatedFunction): ResolvedFunction {
  return resolveFunction(config, environment.name, name, {
    variables: process.env,
    readReference: nothingRead,
  })
}
