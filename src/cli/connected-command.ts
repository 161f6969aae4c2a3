import type { PacedSample } from '../aws/answers/paced-time.ts'
import type { TimeSample } from '../aws/answers/server-time.ts'
import type { Listeners } from '../aws/client/listeners.ts'
import type { LocatedEnvironment } from '../config/service/locate.ts'
import type { Aws } from '../ports/aws.ts'
import type { TimedReleaseEvent } from '../release/history/event.ts'
import { callText } from '../ui/lines/aws-call.ts'
import { decidingLines } from '../ui/lines/deciding.ts'
import { progressText } from '../ui/results/package/package.ts'
import { type Place, placeText } from '../ui/results/place.ts'
import type { Timed } from '../ui/text/json/versioned.ts'
import { plainLine } from '../ui/text/plain.ts'
import { skewText } from '../ui/text/skew.ts'
import { tellTimes } from '../ui/text/time.ts'
import { interrupted, type Run } from '../workflows/run/run.ts'
import type { ErrorDocument } from './base-command.ts'
import type { ErrorReport } from './exit/error-report.ts'
import { InterruptibleCommand } from './interruptible-command.ts'
import type { ConnectFlags } from './place/choose-place.ts'
import { enterPlace, requireAccount } from './place/enter-place.ts'
import { systemClock } from './run/clock.ts'
import { realRun } from './run/real-run.ts'

/** From this difference on, a person is warned that this machine's clock is wrong; milliseconds. */
const toldSkewMs = 5000

const onPace = (sample: PacedSample | undefined) => systemClock.follow(sample)

/** The first event of a stream: the place where the command acts. */
type PlaceEvent = Timed & { event: 'place' } & Place

/** The clock of this machine is wrong. */
interface ClockEvent extends Timed {
  event: 'notice'
  notice: 'clock'
  text: string
}

/** A command that reaches AWS. It shows the place before anything else, and warns of a wrong clock. */
export abstract class ConnectedCommand<Event extends object = never> extends InterruptibleCommand<
  Event | PlaceEvent | ClockEvent
> {
  /** The place where the command acts; set after it was shown. */
  protected place: Place | undefined
  private isSkewTold = false
  private placeTold: Promise<void> = Promise.resolve()

  /**
   * A run for quick commands: it shows only warnings, and the progress of a large package. An interrupt ends its
   * waiting.
   */
  protected async quickRun(environment: LocatedEnvironment, flags: ConnectFlags): Promise<Run> {
    const signal = this.heedInterrupts()
    return this.runWith(await this.connect(environment, flags, signal), signal)
  }

  /**
   * Runs work that does not wait for the account in the line of the place: a rollback, and looks that change nothing.
   * The place is told before the result.
   */
  protected async hurriedRun<Result>(
    environment: LocatedEnvironment,
    flags: ConnectFlags,
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
    this.place = undefined
    const listeners = { signal, onTime, onPace, ...this.callListeners() }
    const { aws, whole } = await enterPlace(environment, flags, listeners)
    const placed = whole(signal).then((place) => this.tellPlace(place))
    this.placeTold = placed
    if (environment.account !== undefined) {
      await placed
      await requireAccount(environment.name, environment.account, aws, signal)
    }
    return { aws: this.guarded(aws), told: placed }
  }

  /** Says something as soon as the place was told, which is the first line of a command. */
  protected afterPlace(say: () => void): void {
    if (this.place) say()
    else void this.placeTold.then(say)
  }

  /** Refuses calls of AWS that this command may never make; by default none. */
  protected guarded(aws: Aws): Aws {
    return aws
  }

  /** With `--verbose`: listeners that show the calls of AWS when they end, and CloudWatch's new reason for an alarm. */
  protected callListeners(): Partial<Pick<Listeners, 'onCall' | 'onAlarm'>> {
    if (!this.isVerbose) return {}
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
    this.streamIfWanted({ event: 'notice', notice: 'clock', time: systemClock.now(), text })
    this.warn(text)
  }

  private tellPlace(place: Place): void {
    this.place = place
    this.streamIfWanted({ event: 'place', time: systemClock.now(), ...place })
    this.tell(placeText(place))
    if (place.warning !== undefined) this.warn(place.warning)
    this.warnOfSkew()
  }

  private streamIfWanted(event: PlaceEvent | ClockEvent): void {
    if (this.jsonEnabled() && this.streamsJson) this.streamJson(event)
  }

  /** A document names its place. One about several places has them in its entries. */
  protected override toSuccessJson(result: object): unknown {
    return super.toSuccessJson(this.place && !('place' in result) ? { ...result, place: this.place } : result)
  }

  protected override errorDocument(error: ErrorReport): ErrorDocument & { place?: Place } {
    return { error, ...(this.place ? { place: this.place } : {}) }
  }

  private runWith(aws: Aws, signal: AbortSignal): Run {
    return realRun({ config: this.namedConfig, aws, signal }, (event) => {
      this.afterPlace(() => this.tellEvent(event))
    })
  }

  private tellEvent(event: TimedReleaseEvent): void {
    if (event.event === 'warning') this.warn(event.text)
    if (event.event === 'deciding') for (const line of decidingLines(event)) this.tell(line)
    if (event.event === 'packaging') this.tell(`${event.function}  ${progressText(event)}`)
  }
}
