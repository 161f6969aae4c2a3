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
import type { ConsolePage } from '../ui/text/console/console-address.ts'
import { withoutOthersCalls } from '../workflows/release-only/others-calls.ts'
import type { Run, Target } from '../workflows/run/run.ts'
import { chosenConfig } from './choose/config-file.ts'
import { chooseFunctions, noFunctions, unnamedEnvironment } from './choose/functions.ts'
import { type NotedAws, noteSeen } from './completion/note-seen.ts'
import { keepSeen, type SeenPlace } from './completion/seen.ts'
import { ConnectedCommand } from './connected-command.ts'
import { pageAddress } from './console/page-address.ts'
import { placeFlags, wholePlaceFlags } from './flags/for-shell.ts'
import { confirm } from './interrupt/confirm.ts'
import { isSomebodyThere } from './interrupt/foreground.ts'
import { keepingSecrets } from './output/keeping-secrets.ts'
import { keepVariables } from './output/secret-variables.ts'
import type { Part } from './pipelines/part.ts'
import { wantsOutcomes } from './pipelines/runner.ts'
import { awsCli } from './place/aws-cli.ts'
import type { ConnectFlags } from './place/choose-place.ts'
import { openAddress } from './run/open-address.ts'
import { lacksFunction, whichFunction } from './usage/missing-function.ts'

/** The chosen configuration and environment; if none is named, the file's only environment. */
export interface ChosenEnvironment {
  config: string | undefined
  env: string | undefined
}

/** The parsed flags that `environmentFlags` declares. */
export interface EnvironmentFlags extends ChosenEnvironment, ConnectFlags {}

/** The parsed flags that let a change go on without a question. */
export interface ConfirmFlags {
  yes: boolean
  'dry-run'?: boolean
}

/** A command that works on an environment of `lambdactl.yaml`. */
export abstract class EnvironmentCommand<Event extends object = never> extends ConnectedCommand<Event> {
  private functions: readonly LocatedFunction[] = []
  private seen: NotedAws['seen'] | undefined
  private seenPlace: SeenPlace | undefined

  /** True for commands that reach nothing: if none is named, they use the file's first environment. */
  protected readonly takesFirstEnvironment: boolean = false

  /** True for commands that have nothing to say about a file without functions. */
  protected readonly needsFunctions: boolean = false

  /**
   * Reads the configuration and chooses functions.
   *
   * @param names empty: all functions
   * @throws LambdactlError NOT_FOUND for an unknown environment or function; USAGE for a file without functions, if the
   * command needs them
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
    if (functions.length === 0 && this.needsFunctions) throw noFunctions(config)
    if (functions.length === 0) this.tell(`${config.shownAs} has no functions. Add one: lambdactl add NAME`)
    this.functions = functions
    const only = functions.length === 1 ? functions[0]?.name : undefined
    this.functionPlace = (fn = only) => (fn === undefined ? undefined : config.place(['functions', fn]))
    this.seenPlace = { config: path, environment: name }
    const which = [...names.map(shellWord), '--env', name, ...environment.placeFlags]
    this.namedConfig = { ...named, status: ['lambdactl status', ...which].join(' ') }
    keepVariables(
      config,
      environment.name,
      functions.map((fn) => fn.name),
    )
    return { config, environment, functions }
  }

  protected override guarded(aws: Aws): Aws {
    const isOthers = this.functions.some(({ codeOnly }) => codeOnly)
    const noted = noteSeen(isOthers ? keepingSecrets(withoutOthersCalls(aws, this.functions)) : aws)
    this.seen = noted.seen
    return noted.aws
  }

  /** Remembers versions and releases for the completion of a shell, which asks AWS nothing. */
  private async rememberSeen(): Promise<void> {
    const seen = this.seen?.() ?? {}
    if (!this.seenPlace || Object.keys(seen).length === 0) return
    const names = new Map(this.functions.map(({ lambdaName, name }) => [lambdaName, name]))
    const named = Object.entries(seen).map(([name, each]) => [names.get(name) ?? name, each] as const)
    // The command has done its work: a full disk only costs the memory.
    await keepSeen(this.seenPlace, Object.fromEntries(named)).catch(() => undefined)
  }

  /** The command's part for each function, by its name: for the later steps of a pipeline. */
  private readonly parts = new Map<string, Part>()

  /** Adds to the part for a function, as soon as it is known. */
  protected tellPart(part: Part): void {
    this.parts.set(part.function, { ...this.parts.get(part.function), ...part })
  }

  protected override async finally(thrown: Error | undefined): Promise<void> {
    if (wantsOutcomes(process.env) && this.parts.size > 0) {
      const [{ withFailure }, { tellOutcomes }] = await Promise.all([
        import('./pipelines/outcomes.ts'),
        import('./pipelines/tell-outcomes.ts'),
      ])
      const told = {
        outcomes: withFailure([...this.parts.values()], thrown),
        environment: this.seenPlace?.environment ?? '',
      }
      await tellOutcomes(told, process.env, (text) => this.warn(text))
    }
    await this.rememberSeen()
    return super.finally(thrown)
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
   * Has a person confirm a change of a protected environment, after the place was shown.
   *
   * @param what completes "Really …?": `deploy checkout`
   * @param signal ends the question
   * @throws LambdactlError USAGE if nobody can be asked, INTERRUPTED if it was not confirmed
   */
  protected async confirmChange(
    environment: LocatedEnvironment,
    flags: ConfirmFlags,
    what: string,
    signal: AbortSignal,
  ): Promise<void> {
    const { name, protected: isProtected } = environment
    if (!isProtected || flags.yes || flags['dry-run']) return
    const again = this.typedLine('--yes')
    const mayAsk = this.jsonEnabled() ? { mayAsk: false } : {}
    await confirm({ what: `${what} in the protected environment ${name}`, name, again, signal, ...mayAsk })
  }

  /** Changes exactly one function; `what` is what a person confirms in a protected environment. */
  protected async changeFunction<Result>(
    flags: EnvironmentFlags & ConfirmFlags,
    name: string,
    what: string,
    work: (run: Run, target: Target) => Promise<Result>,
  ): Promise<Result> {
    const { environment, fn } = await this.locateOne(flags, name)
    const run = await this.quickRun(environment, flags)
    await this.confirmChange(environment, flags, `${what} ${fn.name}`, run.signal)
    return work(run, targetOf(environment, fn))
  }

  /** With `--web`: prints the pages of functions in AWS's console, and opens the page if it is one. */
  protected async showPages(run: Run, targets: readonly Target[], page: ConsolePage): Promise<undefined> {
    const place = this.place ?? {}
    const found = await Promise.all(targets.map((target) => pageAddress(run, place, target, page)))
    const addresses = [...new Set(found)]
    for (const address of addresses) this.showAsIs(address)
    const [first = '', ...others] = addresses
    if (others.length === 0) await this.openForPerson(first)
  }

  /** Opens an address in the browser of a person at the terminal. @returns whether a program was started */
  protected async openForPerson(address: string): Promise<boolean> {
    return !this.jsonEnabled() && process.stdout.isTTY && isSomebodyThere() && openAddress(address)
  }

  /** Does quick work on exactly one function. */
  protected async onFunction<Result>(
    flags: EnvironmentFlags,
    name: string,
    work: (run: Run, target: Target) => Promise<Result>,
  ): Promise<Result> {
    const { environment, fn } = await this.locateOne(flags, name)
    const run = await this.quickRun(environment, flags)
    return work(run, targetOf(environment, fn))
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
export function targetOf(
  environment: LocatedEnvironment,
  { name, lambdaName, codeOnly, ensuredAlarms }: LocatedFunction,
): Target {
  const { alias, placeFlags: flags = [], wholePlaceFlags: whole = [], awsCli: cli } = environment
  return {
    function: name,
    environment: environment.name,
    lambdaName,
    alias,
    ...(codeOnly && { codeOnly }),
    ...(ensuredAlarms && { ensuredAlarms }),
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
