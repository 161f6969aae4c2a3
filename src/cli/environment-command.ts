import type { TimeSample } from '../aws/answers/server-time.ts'
import type { Listeners } from '../aws/client/listeners.ts'
import { loadConfig } from '../config/load.ts'
import { resolveFunction } from '../config/resolve.ts'
import type { Config } from '../config/service/config.ts'
import type { LocatedEnvironment, LocatedFunction } from '../config/service/locate.ts'
import { locateEnvironment } from '../config/service/locate.ts'
import type { ResolvedFunction } from '../config/types.ts'
import { nothingRead } from '../config/values/references.ts'
import { LambdactlError } from '../errors/error.ts'
import { shellWord } from '../errors/shell-word.ts'
import type { Aws } from '../ports/aws.ts'
import { callText } from '../ui/lines/aws-call.ts'
import { decidingLines } from '../ui/lines/deciding.ts'
import { progressText } from '../ui/results/package/package.ts'
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

/** From this difference on, a person is warned that this machine's clock is wrong; milliseconds. */
const toldSkewMs = 5000

/** The chosen configuration and environment; if none is named, the file's only environment. */
export interface ChosenEnvironment {
  config: string | undefined
  env: string | undefined
}

/** The parsed flags that `environmentFlags` declares. */
export interface EnvironmentFlags extends ChosenEnvironment, ConnectFlags {}

/** A command that works on an environment of `lambdactl.yaml`. */
export abstract class EnvironmentCommand extends InterruptibleCommand {
  /** True for commands that reach nothing: if none is named, they use the file's first environment. */
  protected readonly takesFirstEnvironment: boolean = false
  /** The place where the command acts; set after it was shown. */
  private place: Place | undefined
  private isSkewTold = false

  /**
   * Reads the configuration and chooses functions.
   *
   * @param names empty: all functions
   * @throws LambdactlError NOT_FOUND for an unknown environment or function
   */
  protected async locate(
    flags: ChosenEnvironment & Partial<ConnectFlags>,
    names: readonly string[],
  ): Promise<Located> {
    const { path, named } = await chosenConfig(flags.config)
    this.namedConfig = named
    const config = await loadConfig(path)
    const name = flags.env ?? unnamedEnvironment(config, this.takesFirstEnvironment)
    const found = locateEnvironment(config, name)
    const environment = {
      ...found,
      placeFlags: placeFlags(flags),
      wholePlaceFlags: wholePlaceFlags(flags, found),
      awsCli: () => awsCli(found, connectFlags(flags), process.env),
    }
    const functions = chooseFunctions(config, environment, names)
    const which = [...names.map(shellWord), '--env', name, ...environment.placeFlags]
    this.namedConfig = { ...named, status: ['lambdactl status', ...which].join(' ') }
    keepVariables(
      config,
      environment.name,
      functions.map((fn) => fn.name),
    )
    return { config, environment, functions }
  }

  /** If no function was named, the error lists the existing names. */
  protected override async catch(thrown: Error): Promise<never> {
    return super.catch(lacksFunction(thrown) ? await whichFunction(thrown, this.id ?? '', this.argv) : thrown)
  }

  /** Reads the configuration and chooses exactly one function. */
  protected async locateOne(flags: ChosenEnvironment, name: string): Promise<LocatedOne> {
    const located = await this.locate(flags, [name])
    const [fn] = located.functions
    if (!fn) throw new LambdactlError('BUG', `No function was chosen by the name ${name}.`)
    return { ...located, fn }
  }

  /**
   * A run for quick commands: it shows only warnings, and the progress of a large package. An interrupt ends its
   * waiting.
   */
  protected async quickRun(environment: LocatedEnvironment, flags: EnvironmentFlags): Promise<Run> {
    const signal = this.heedInterrupts()
    return this.runWith(await this.connect(environment, flags, signal), signal)
  }

  /** Runs work that can't wait for the account in the line of the place, such as a rollback. */
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
   * Connects to AWS after showing the place.
   *
   * @param signal ends calls that are under way, now and later
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

  /** Listeners that show the calls of AWS when they end, and CloudWatch's new reason for an alarm. */
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

  /** Warns once, after the place: a wrong clock misleads a person who compares times. */
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

  /** A document names its place; in a list, each entry does. */
  protected override toSuccessJson(result: unknown): unknown {
    const withPlace = (each: unknown) =>
      typeof each === 'object' && each !== null && this.place ? { ...each, place: this.place } : each
    return super.toSuccessJson(Array.isArray(result) ? result.map(withPlace) : withPlace(result))
  }

  protected override errorDocument(error: ErrorReport): object {
    return { error, ...(this.place ? { place: this.place } : {}) }
  }

  private runWith(aws: Aws, signal: AbortSignal): Run {
    return realRun({ config: this.namedConfig, aws, signal }, (event) => {
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

/** The function and alias for a workflow. */
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

/**
 * Everything that packaging a function needs, with defaults. Nothing is read from AWS, whose values are in no package.
 */
export function resolved({ config, environment }: Located, { name }: LocatedFunction): ResolvedFunction {
  return resolveFunction(config, environment.name, name, {
    variables: process.env,
    readReference: nothingRead,
  })
}
