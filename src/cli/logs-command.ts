import type { LocatedEnvironment } from '../config/service/locate.ts'
import { LambdactlError } from '../errors/error.ts'
import { shellWord } from '../errors/shell-word.ts'
import { firstShiftOf } from '../workflows/logs/last-shift.ts'
import type { Tailing } from '../workflows/logs/patient-pages.ts'
import type { Tail } from '../workflows/logs/tail.ts'
import type { Source } from '../workflows/logs/wanted-functions.ts'
import { byPatterns, type LoggedFunctions, loggedFunctions } from './choose/logged-functions.ts'
import { type EnvironmentFlags, targetOf } from './environment-command.ts'
import { requireSpan } from './flags/log-span.ts'
import { type ReadingFlags, versionsOf } from './flags/logs.ts'
import { type Moment, timeOf } from './flags/moment.ts'
import { LoggedCommand } from './logged-command.ts'
import { systemClock } from './run/clock.ts'

/** The begin by default: this long ago, milliseconds. */
const usualAgoMs = 10 * 60_000

/** The logs that a person chose by arguments and flags. */
export interface ChosenLogs {
  run: Tailing
  tail: Omit<Tail, 'isFollowed'>
}

/** A command that reads logs of functions. */
export abstract class LogsCommand<Event extends object = never> extends LoggedCommand<Event> {
  /**
   * Reads the functions, times and versions that a person named, and connects.
   *
   * @throws LambdactlError USAGE without a function, NOT_FOUND for one that is neither in the file nor in Lambda
   */
  protected async chooseLogs(
    words: readonly string[],
    flags: EnvironmentFlags & ReadingFlags & { lines: number | undefined },
    signal: AbortSignal,
  ): Promise<ChosenLogs> {
    const located = await this.locateLogged(flags, words)
    const { environment } = located
    const all = environment.functions.map(({ name }) => name)
    if (words.length === 0 && !flags.all) throw this.noFunction(all)
    const named = loggedFunctions(environment, flags.all ? [...all, ...words] : words)
    const aws = await this.connect(environment, flags, signal)
    const run = { aws, clock: systemClock, signal, config: this.namedConfig }
    const sources = [...named.sources, ...(await this.foreignSources(aws, located, named.foreign, words))]
    const [first = environment.functions[0]] = sources
    // Times are counted back from AWS's now, which an answer tells: the one with the account, if it came.
    if (first && this.place?.account === undefined) await aws.functions.get(first.lambdaName)
    const now = run.clock.now()
    const until = flags.until && timeOf(flags.until, now)
    const start = await startOf(run, environment, sources, flags.since)
    // The last lines are looked for before the end, however long ago it is.
    if (flags.since !== undefined || flags.lines === undefined) requireSpan(start, until, now)
    const deploy = [
      'lambdactl deploy',
      ...sources.map(({ name }) => shellWord(name)),
      ...(environment.name === '' ? [] : ['--env', environment.name]),
    ]
    return {
      run,
      tail: {
        functions: {
          sources,
          chooses: byPatterns(environment, named.patterns),
          deploy: [...deploy, ...(environment.placeFlags ?? [])].join(' '),
        },
        versions: versionsOf(withQualifier(flags, named), named.alias ?? environment.alias),
        start,
        until,
      },
    }
  }

  private noFunction(names: readonly string[]): LambdactlError {
    const [first = ''] = names
    return new LambdactlError(
      'USAGE',
      `Expected a function, got none; there ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}.`,
      { next: [`Name one before the flags: ${this.typedLine(first)}`, 'Or read all of them: --all'] },
    )
  }
}

async function startOf(
  run: Tailing,
  environment: LocatedEnvironment,
  sources: readonly Source[],
  since: Moment | 'deploy' = { agoMs: usualAgoMs },
): Promise<number> {
  if (since !== 'deploy') return timeOf(since, run.clock.now())
  const shifts = await Promise.all(sources.map((source) => firstShiftOf(run, targetOf(environment, source))))
  return Math.min(...shifts)
}

/** An ARN's version or alias counts as if a flag named it. */
function withQualifier(flags: ReadingFlags, { version, alias }: LoggedFunctions): ReadingFlags {
  if (version !== undefined) return { ...flags, version }
  return alias === undefined || flags.stable || flags.candidate ? flags : { ...flags, canary: true }
}
