import * as Flags from '@oclif/core/flags'
import { chosenConfig } from '../cli/choose/config-file.ts'
import {
  EnvironmentCommand,
  type EnvironmentFlags,
  type Located,
  targetOf,
} from '../cli/environment-command.ts'
import { type ErrorReport, errorReport } from '../cli/exit/error-report.ts'
import { severalFunctions } from '../cli/flags/args.ts'
import { environmentFlags } from '../cli/flags/environment.ts'
import { listenForEnough } from '../cli/interrupt/watching.ts'
import { webFlag } from '../cli/output/output-flags.ts'
import { safeText } from '../cli/output/safe-text.ts'
import { canDraw } from '../cli/run/presenter.ts'
import { realRun } from '../cli/run/real-run.ts'
import { loadConfig } from '../config/load.ts'
import { resolveAlarms } from '../config/release/alarms.ts'
import type { LocatedFunction } from '../config/service/locate.ts'
import { type PlacedFunction, placedFunction } from '../config/service/placed-function.ts'
import { asLambdactlError, isCode } from '../errors/error.ts'
import { changedStatuses, statusLine } from '../ui/lines/status-changes.ts'
import type { ShownStatus } from '../ui/live/status/show-status.ts'
import type { Place } from '../ui/results/place.ts'
import { environmentHead, overviewText, watchedText } from '../ui/results/status/overview.ts'
import { statusText } from '../ui/results/status/status.ts'
import type { Timed } from '../ui/text/json/versioned.ts'
import { tellTimes } from '../ui/text/time.ts'
import { type FunctionStatus, type StatusAsked, serviceStatus } from '../workflows/incident/status.ts'
import { type StatusLook, watchStatus } from '../workflows/incident/watch-status.ts'
import { seenEnough } from '../workflows/watch/watch-release.ts'

interface ListedStatus extends FunctionStatus {
  environment: string
  /** The place of this function, in a document about several environments. */
  place?: Place
}

/** An environment that can't be read. */
interface UnreadEnvironment {
  environment: string
  error: ErrorReport
}

interface StatusDocument {
  functions: ListedStatus[]
  /** Only with `--all-environments`. */
  unread?: UnreadEnvironment[]
}

type StatusOfAll = Required<StatusDocument> & { place: undefined }

interface StatusFlags extends EnvironmentFlags {
  'all-versions': boolean
}

/** A function's status has changed; the first of each function tells how it is. */
type StatusEvent = Timed & { event: 'status' } & FunctionStatus

export default class Status extends EnvironmentCommand<StatusEvent> {
  static override summary =
    'Show what is wrong with functions: alias, release, alarms, and the traffic of the last minutes.'
  static override description =
    'Explains a release from the alias alone, on any machine, even after its process has died. Says what is wrong, since when, and the next step. Several functions have one line each, the troubled ones first.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --env prod',
    '<%= config.bin %> <%= command.id %> checkout --env prod --watch',
    '<%= config.bin %> <%= command.id %> --all-environments --json',
  ]
  static override args = severalFunctions
  static override flags = {
    ...environmentFlags,
    web: { ...webFlag.web, exclusive: ['json', 'watch', 'all-environments'] },
    'all-environments': Flags.boolean({
      description: 'show each environment of the file, one after the other',
      exclusive: ['watch'],
    }),
    'all-versions': Flags.boolean({
      description: 'show all published versions; default: the newest five and those with traffic',
      exclusive: ['watch'],
    }),
    watch: Flags.boolean({
      char: 'w',
      description:
        'look again and again until q or Ctrl-C: a screen on a terminal, else a line for each change',
    }),
  }

  /** Known before the flags are parsed, so that an error about them has the same form. */
  protected override readonly streamsJson = this.argv.some((word) => word === '--watch' || word === '-w')

  async run(): Promise<StatusDocument | undefined> {
    const { args, flags } = await this.parse(Status)
    const names = args.function ?? []
    if (flags['all-environments']) return this.showAll(flags, names)
    const located = await this.locate(flags, names)
    if (flags.web) {
      const { environment, functions } = located
      const targets = functions.map((fn) => targetOf(environment, fn))
      return this.showPages(await this.quickRun(environment, flags), targets, 'function')
    }
    return flags.watch ? this.watch(located, flags) : { functions: await this.showOne(located, flags) }
  }

  private async showOne(located: Located, flags: StatusFlags): Promise<ListedStatus[]> {
    const isOverview = located.functions.length > 1 && !flags['all-versions']
    const statuses = await this.hurriedRun(located.environment, flags, (run) =>
      serviceStatus(run, this.askedIn(located), {
        ...(flags['all-versions'] && { newest: Number.POSITIVE_INFINITY }),
        listsVersions: !isOverview || this.jsonEnabled(),
        comparesCost: located.functions.length === 1,
      }),
    )
    if (isOverview) this.show(overviewText(statuses, this.width))
    else for (const status of statuses) this.show(statusText(status, this.width))
    for (const { error } of statuses) if (error) this.exitAs(error.code)
    return statuses.map((status) => ({ ...status, environment: located.environment.name }))
  }

  /** An environment that can't be read must not hide the others: it is told, and decides the exit code. */
  private async showAll(flags: StatusFlags, names: readonly string[]): Promise<StatusOfAll> {
    const { path } = await chosenConfig(flags.config)
    const { environments } = await loadConfig(path)
    const [functions, unread]: [ListedStatus[], UnreadEnvironment[]] = [[], []]
    for (const env of Object.keys(environments)) {
      this.show(environmentHead(env))
      try {
        const statuses = await this.showOne(await this.locate({ ...flags, env }, names), flags)
        functions.push(...statuses.map((status) => ({ ...status, ...(this.place && { place: this.place }) })))
      } catch (thrown) {
        const error = asLambdactlError(thrown)
        if (error.code === 'INTERRUPTED' || error.code === 'BUG') throw error
        const report = errorReport(error, this.namedConfig)
        this.tellError(report)
        this.exitAs(error.code)
        unread.push({ environment: env, error: report })
      }
    }
    // Each function has its own.
    return { functions, unread, place: undefined }
  }

  private async watch(located: Located, flags: StatusFlags): Promise<undefined> {
    const isDrawn = !this.jsonEnabled() && canDraw(process.stdout)
    using interrupt = listenForEnough(isDrawn)
    const { signal } = interrupt
    const aws = await this.connect(located.environment, flags, signal)
    const shown = isDrawn ? await this.screen() : this.lines()
    const run = realRun({ config: this.namedConfig, aws, signal }, (event) => {
      if (event.event === 'warning') shown.notice(event.text)
    })
    let last: StatusLook | undefined
    try {
      await watchStatus(run, this.askedIn(located), (look) => {
        last = look
        shown.see(look)
      })
    } finally {
      await shown.end()
    }
    // The other screen is gone: the last look stays to be read.
    if (isDrawn && last) this.show(watchedText(last, this.width))
    if (signal.reason !== seenEnough) this.exitAs('INTERRUPTED')
  }

  private async screen(): Promise<ShownStatus> {
    const { showStatus } = await import('../ui/live/status/show-status.ts')
    return showStatus(process.stdout, safeText)
  }

  private lines(): ShownStatus {
    const changed = changedStatuses()
    const tellTime = tellTimes()
    return {
      see: (look) => {
        if (look.failure !== undefined) this.warn(look.failure)
        for (const status of changed(look)) {
          if (this.jsonEnabled()) this.streamJson({ time: look.at, event: 'status', ...status })
          else this.show(`${tellTime(look.at)} ${statusLine(status)}`)
        }
      },
      notice: (text) => this.warn(text),
      end: async () => undefined,
    }
  }

  private askedIn({ config, environment, functions }: Located): StatusAsked[] {
    return functions.map((each) => ({
      target: targetOf(environment, each),
      alarms: this.alarmsOf(
        placedFunction(config, environment.name, each.name, { variables: process.env }),
        each.ensuredAlarms,
      ),
    }))
  }

  /** A missing variable that only releases need must not hide the rest of the status. */
  private alarmsOf(
    { fields, at }: PlacedFunction,
    ensured: LocatedFunction['ensuredAlarms'],
  ): ReturnType<typeof resolveAlarms> {
    const written = fields.release?.alarms ?? []
    try {
      return resolveAlarms(written, at.below('release', 'alarms'), ensured)
    } catch (error) {
      if (!isCode(error, 'CONFIG_INVALID')) throw error
      const text = `The alarms are shown as the file names them. ${asLambdactlError(error).message}`
      this.afterPlace(() => this.tell(text))
      return written
    }
  }
}
