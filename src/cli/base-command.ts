import { inspect } from 'node:util'
import { Command } from '@oclif/core/command'
import { ExitError } from '@oclif/core/errors'
import type { ErrorCode } from '../errors/codes.ts'
import { LambdactlError } from '../errors/error.ts'
import { type NamedConfig, stepsFor, usualConfig } from '../errors/next-step.ts'
import { shellWord } from '../errors/shell-word.ts'
import { errorText } from '../ui/text/error.ts'
import { fitted, widthOf } from '../ui/text/fitted.ts'
import { versioned } from '../ui/text/json/versioned.ts'
import { honourNoColour } from '../ui/text/no-colour.ts'
import { warningText } from '../ui/text/warning.ts'
import { alreadyShown, type ErrorReport, errorReport, toShownError } from './exit/error-report.ts'
import { exitCodeOf } from './exit/exit-codes.ts'
import { isInGithubActions } from './output/github-actions.ts'
import { mask } from './output/mask.ts'
import { outputFlags } from './output/output-flags.ts'
import { leaveErrorsToProgram } from './output/own-errors.ts'
import { safeJson, safeText } from './output/safe-text.ts'
import { keepOwnSecrets } from './output/secret-variables.ts'
import { explainUnexpected } from './usage/unexpected-argument.ts'

/** The last event of a stream whose command failed. */
type ErrorEvent = { event: 'error' } & ErrorReport

/** The event that ends a stream well, with the result. */
export type ResultEvent<Result> = { event: 'result' } & Result

/** The document of a failed command. */
export interface ErrorDocument {
  error: ErrorReport
}

/**
 * The base of all commands: `--json`, `--quiet`, `--verbose`, errors as one sentence with the next step, and the table
 * of exit codes. The result goes to stdout, all other text to stderr. The type of `run` is the schema of the document,
 * and `Event` that of the stream.
 */
export abstract class BaseCommand<Event extends object = never> extends Command {
  static override enableJsonFlag = true
  static override baseFlags = outputFlags

  /** True for commands whose `--json` is a stream, with one event on each line. */
  protected readonly streamsJson: boolean = false

  /** The configuration file, as advice names it. */
  protected namedConfig: NamedConfig = usualConfig

  /** Gives the place of a function in that file, without a name of the only one; undefined until the file is read. */
  protected functionPlace: (name?: string) => string | undefined = () => undefined

  protected override async init(): Promise<void> {
    leaveErrorsToProgram(process.stdout)
    honourNoColour(process.env)
    keepOwnSecrets(process.env)
    await super.init()
  }

  /** Whether only the result, warnings and errors are wanted. */
  protected get isQuiet(): boolean {
    return this.isSwitchedOn('--quiet')
  }

  /** Whether each call of AWS is wanted. */
  protected get isVerbose(): boolean {
    return this.isSwitchedOn('--verbose')
  }

  /** Looks at the typed words, since an error of the flags is told before they are parsed. */
  private isSwitchedOn(flag: string): boolean {
    const end = this.argv.indexOf('--')
    return this.argv.slice(0, end === -1 ? undefined : end).includes(flag)
  }

  /** The width of results, in columns. */
  protected get width(): number {
    return widthOf(process.stdout)
  }

  /** Writes the result for a person, within the terminal's width; nothing under `--json`. */
  protected show(text: string): void {
    this.showAsIs(fitted(safeText(text), this.width))
  }

  /** Writes a result whose lines must not be broken. */
  protected showAsIs(text: string): void {
    if (!this.jsonEnabled()) process.stdout.write(`${safeText(text)}\n`)
  }

  /** Writes events of a JSON stream. */
  protected streamJson(...events: (Event | ErrorEvent)[]): void {
    process.stdout.write(events.map((event) => `${safeJson(versioned(event))}\n`).join(''))
  }

  /** Tells something beside the result, within the terminal's width; nothing under `--json` and `--quiet`. */
  protected tell(text: string): void {
    if (!this.jsonEnabled() && !this.isQuiet) this.trace(text)
  }

  /** Tells a person of an error. */
  protected tellError(report: ErrorReport): void {
    if (!this.jsonEnabled()) this.trace(errorText(report))
  }

  /** Warns a person beside the result; oclif's own warnings use it too. */
  override warn(warning: Error | string): Error | string {
    const text = warning instanceof Error ? warning.message : warning
    if (!this.jsonEnabled()) this.trace(warningText(text))
    return warning
  }

  /** Writes a trace for a person who looks for a fault, under `--json` too. */
  protected trace(text: string): void {
    process.stderr.write(`${fitted(safeText(text), widthOf(process.stderr))}\n`)
  }

  /** Ends a stream of events: with the result as the last one, or in words for a person. */
  protected endStream(result: Event, text: string): void {
    if (this.jsonEnabled()) this.streamJson(result)
    else this.show(text)
  }

  /** The command line as it was typed, for a shell; `first` is put before its words. */
  protected typedLine(...first: string[]): string {
    return ['lambdactl', ...(this.id ?? '').split(':'), ...first, ...this.argv].map(shellWord).join(' ')
  }

  /** Has the process exit as an error of that code would, though there is none to tell. */
  protected exitAs(code: ErrorCode): void {
    process.exitCode = exitCodeOf(code)
  }

  override logJson(document: object): void {
    process.stdout.write(`${safeJson(versioned(document), 2)}\n`)
  }

  protected errorDocument(error: ErrorReport): ErrorDocument {
    return { error }
  }

  protected override async catch(thrown: Error): Promise<never> {
    if (thrown instanceof ExitError) throw thrown
    const typed = { id: this.id ?? '', argv: this.argv, ids: this.config.commandIDs }
    const error = masked(toShownError(explainUnexpected(thrown, typed)), this.namedConfig)
    const report = errorReport(error, this.namedConfig)
    if (this.isVerbose && error.code === 'BUG') this.trace(inspect(error.cause ?? error))
    if (this.jsonEnabled()) {
      if (this.streamsJson) this.streamJson({ event: 'error', ...report })
      else this.logJson(this.errorDocument(report))
    } else {
      this.tellError(report)
    }
    if (isInGithubActions()) await this.annotate(report)
    throw alreadyShown(error)
  }

  /** Has GitHub show the error beside the lines of the file. The runner reads its commands on stderr too. */
  private async annotate(report: ErrorReport): Promise<void> {
    const { annotationsOf } = await import('./pipelines/github/annotations.ts')
    const file = { name: this.namedConfig.name, placeOf: this.functionPlace }
    for (const line of annotationsOf(report, file, process.env)) process.stderr.write(`${line}\n`)
  }
}

/** With DEBUG set, oclif prints its message too. */
function masked(
  { code, message, next, cause, failures }: LambdactlError,
  config: NamedConfig,
): LambdactlError {
  return new LambdactlError(code, mask(message), { next: stepsFor(config, next).map(mask), cause, failures })
}
