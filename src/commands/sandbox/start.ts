import { once } from 'node:events'
import { resolve } from 'node:path'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'
import { errorReport, toShownError } from '../../cli/exit/error-report.ts'
import { accessKeyFlag } from '../../cli/flags/access-key.ts'
import { durationFlag } from '../../cli/flags/values.ts'
import { listenForInterrupt } from '../../cli/interrupt/interrupt.ts'
import { isDetached, tellStarter } from '../../cli/sandbox-control/detached-message.ts'
import { openSandbox } from '../../cli/sandbox-control/open-sandbox.ts'
import { outliveErrors } from '../../cli/sandbox-control/outlive-errors.ts'
import { startDetached } from '../../cli/sandbox-control/start-detached.ts'
import { sandboxPort } from '../../errors/loopback.ts'
import { requestText } from '../../ui/lines/sandbox-request.ts'
import { notApart, type ReadySandbox, sandboxText } from '../../ui/results/sandbox-start.ts'
import { versioned } from '../../ui/text/json/versioned.ts'
import { tellTimes } from '../../ui/text/time.ts'

type SeenRequest = Parameters<typeof requestText>[0]

/** How long a request waits for others that are told with it, milliseconds. */
const toldTogether = 20

/** The sandbox answers. */
type ReadyEvent = { event: 'ready' } & ReadySandbox
/** The sandbox has answered a request that changes or invokes something. */
type RequestEvent = { event: 'request' } & SeenRequest

export default class SandboxStart extends BaseCommand<ReadyEvent | RequestEvent> {
  static override summary = 'Run a local AWS Lambda, CloudWatch and CloudWatch Logs until interrupted.'
  static override description =
    'The sandbox really runs handlers (Node, Python and provided.*), keeps their logs and metrics, evaluates alarms, and prints a line for each request that changes or invokes something. It listens on 127.0.0.1 only, and serves only its user: requests have to be signed with the access key that it prints. lambdactl itself finds the key in a file that only this user can read. With --detach it runs in the background, until `sandbox stop`.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --detach',
    '<%= config.bin %> <%= command.id %> --port 0 --state .lambdactl/sandbox --json',
    '<%= config.bin %> <%= command.id %> --speed 60 --lifecycle-day 1m',
  ]
  static override flags = {
    port: Flags.integer({
      description: 'the port; 0 chooses a free one',
      default: sandboxPort,
      min: 0,
      max: 65_535,
      helpValue: 'PORT',
    }),
    'access-key': accessKeyFlag({
      description: 'the access key and the secret key of clients, for CI and tests; default: a random one',
      env: 'LAMBDACTL_SANDBOX_ACCESS_KEY',
    }),
    state: Flags.string({ description: 'keep functions, alarms and logs in this folder', helpValue: 'DIR' }),
    speed: Flags.integer({
      description:
        'run its clock this much faster than real time, so that an hour of a release takes a minute at 60; lambdactl follows it',
      default: 1,
      min: 1,
      max: 1000,
      helpValue: 'N',
    }),
    'lifecycle-day': durationFlag({
      description:
        "how long a day of S3's lifecycle rules is on its clock, so that a rule of 90 days takes 15 minutes at 10s; default: 24h",
      leastMs: 1000,
    }),
    detach: Flags.boolean({
      description: 'run it in the background, even after the terminal is closed, and return once it answers',
    }),
  }

  protected override readonly streamsJson = true
  private readonly tellTime = tellTimes(Date.now())
  /** Requests that have not been told yet. */
  private answered: SeenRequest[] = []

  async run(): Promise<void> {
    const { flags } = await this.parse(SandboxStart)
    const options = {
      port: flags.port,
      accessKey: flags['access-key'],
      stateDirectory: flags.state === undefined ? undefined : resolve(flags.state),
      speed: flags.speed,
      lifecycleDayMs: flags['lifecycle-day'],
    }
    if (flags.detach) this.tellReady(await startDetached(options))
    else await this.serve(options)
  }

  /** Runs the sandbox until it is interrupted. */
  private async serve(options: Parameters<typeof openSandbox>[0]): Promise<void> {
    using interrupt = listenForInterrupt(() => this.tell('Stopping the sandbox.'))
    outliveErrors((error) => this.tellFailure(error))
    const onRequest = (request: SeenRequest) => this.tellSoon(request)
    const open = await openSandbox({ ...options, onRequest })
    const isWanted = await this.announce(open.ready)
    if (isWanted && !interrupt.signal.aborted) await once(interrupt.signal, 'abort')
    await open.close()
    this.tellRequests()
  }

  /** @returns false for a sandbox in the background whose starter has gone */
  private async announce(ready: ReadySandbox): Promise<boolean> {
    if (isDetached()) {
      // Its log stays after it, so the key is not written there.
      this.show(`The sandbox is at ${ready.url}.`)
      return await tellStarter({ ready })
    }
    this.tellReady(ready)
    return true
  }

  /** Not masked like other output: the key is the result. */
  private tellReady(ready: ReadySandbox): void {
    const text = this.jsonEnabled()
      ? JSON.stringify(versioned({ event: 'ready', ...ready } satisfies ReadyEvent))
      : sandboxText(ready)
    process.stdout.write(`${text}\n`)
    if (!ready.handlersApart) this.tell(notApart)
  }

  /** Tells requests together after a moment: under load, writing a line for each would take a tenth of the time. */
  private tellSoon(request: SeenRequest): void {
    if (this.answered.push(request) === 1) setTimeout(() => this.tellRequests(), toldTogether).unref()
  }

  private tellRequests(): void {
    const requests = this.answered.splice(0)
    if (requests.length === 0) return
    if (this.jsonEnabled())
      this.streamJson(...requests.map((request) => ({ event: 'request' as const, ...request })))
    else this.show(requests.map((request) => requestText(request, this.tellTime)).join('\n'))
  }

  private tellFailure(error: unknown): void {
    this.tell(`The sandbox failed outside of any request, and goes on: ${String(error)}`)
    this.debug(error)
  }

  protected override async catch(thrown: Error): Promise<never> {
    if (isDetached()) await tellStarter({ error: errorReport(toShownError(thrown), this.namedConfig) })
    return super.catch(thrown)
  }
}
