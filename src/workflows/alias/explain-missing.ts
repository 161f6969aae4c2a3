import { asLambdactlError, isCode, LambdactlError } from '../../errors/error.ts'
import { rolledBackVersions } from '../../release/decision/rolled-back.ts'
import { readEntries } from '../../release/journal/entry.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { inProgress, parseRecord } from '../../release/values/record.ts'
import { farthestMs } from '../run/read-past.ts'
import { commandFor, deployFirst, type Run, type Target } from '../run/run.ts'

/** The most versions that an error names, the newest first. */
const most = 10

/** The versions that an alias was to be moved to. */
interface Missing {
  wanted: readonly string[]
  /** Its present state: its version is no way back. */
  alias: AliasState
}

/**
 * Returns an error that names the existing versions instead of the deleted ones that an alias was to be moved to.
 *
 * @returns the error itself if they exist: then something else is missing
 */
export async function explainMissing(
  run: Run,
  target: Target,
  { wanted, alias }: Missing,
  error: unknown,
): Promise<unknown> {
  try {
    const existing = (await run.aws.functions.versions(target.lambdaName)).map(({ version }) => version)
    const missing = wanted.filter((version) => version !== '$LATEST' && !existing.includes(version))
    if (missing.length === 0) return error
    return notThere(target, missing, await choiceOf(run, target, alias, existing), error)
  } catch (unlisted) {
    const message = `${asLambdactlError(error).message.replace(/\.?$/, '.')} The existing versions could not be listed: ${asLambdactlError(unlisted).message}`
    return new LambdactlError('NOT_FOUND', message, {
      next: [`Find a version that exists, then: ${commandFor(target, 'rollback', '--to', 'N')}`],
      cause: error,
    })
  }
}

/**
 * Returns an error that names the existing versions instead of a missing one.
 *
 * @returns the error itself if that version exists, or the versions can't be listed
 */
export async function explainNoVersion(
  run: Run,
  target: Target,
  version: string,
  error: unknown,
): Promise<unknown> {
  if (!isCode(error, 'NOT_FOUND')) return error
  const versions = await run.aws.functions.versions(target.lambdaName).catch(() => undefined)
  const existing = versions?.map((each) => each.version)
  if (!existing || existing.includes(version)) return error
  const message = `Version ${version} does not exist in ${target.lambdaName}; ${inExistence(existing)}.`
  const [newest] = existing
  const next = newest ? `Name one that exists, as in --version ${newest}.` : deployFirst(target)
  return new LambdactlError('NOT_FOUND', message, { next: [next], cause: error })
}

/** The versions to choose from. */
interface Choice {
  /** The newest first. */
  existing: readonly string[]
  /** The versions that are known to have been rolled back. */
  rolledBack: ReadonlySet<string>
  /** The best version for a way back; undefined if only the alias's own exists. */
  best: string | undefined
  /** The version of a release in progress that has all traffic; undefined if there is none. */
  kept: string | undefined
}

async function choiceOf(
  run: Run,
  target: Target,
  alias: AliasState,
  existing: readonly string[],
): Promise<Choice> {
  const record = parseRecord(alias.description)
  const rolledBack = await rolledBackOf(run, target, alias)
  const others = existing.filter((version) => version !== alias.version)
  const older = others.filter((version) => Number(version) < Number(alias.version))
  const held = (record?.held ?? []).filter((version) => others.includes(version))
  const inOrder = [...held, ...older, ...others]
  const best = inOrder.find((version) => !rolledBack.has(version)) ?? inOrder[0]
  const kept = inProgress(record) && !alias.weight ? alias.version : undefined
  return { existing, rolledBack, best, kept }
}

/** From the journal, if it can be read, and from the alias's own record. */
async function rolledBackOf(run: Run, target: Target, alias: AliasState): Promise<ReadonlySet<string>> {
  const { lambdaName } = target
  const since = run.clock.now() - farthestMs
  const past = await run.aws.journal.since(since, lambdaName).catch(() => [])
  const found = new Set(rolledBackVersions(readEntries(past), lambdaName, target.alias))
  const record = parseRecord(alias.description)
  if (record?.phase === 'rolled-back' && record.candidate !== alias.version) found.add(record.candidate)
  return found
}

function notThere(
  target: Target,
  missing: readonly string[],
  choice: Choice,
  cause: unknown,
): LambdactlError {
  const message = `${ofVersions(missing, 'does not exist', 'do not exist')} in ${target.lambdaName}, so ${target.alias} was not moved; ${inExistence(choice.existing, choice.rolledBack)}.`
  return new LambdactlError('NOT_FOUND', message, { next: choiceWords(target, choice), cause })
}

/** Without another version a release in progress can only end where it is, and no other release begins before. */
function choiceWords(target: Target, { best, rolledBack, kept }: Choice): string[] {
  const to = (version: string) => commandFor(target, 'rollback', '--to', version)
  const works = `release a version that works: ${commandFor(target, 'deploy')}`
  if (best !== undefined) {
    const choose = rolledBack.has(best)
      ? `Every other version was rolled back before; to choose version ${best} anyway`
      : 'Choose a version that exists'
    return [`${choose}: ${to(best)}`, `Or ${works}`]
  }
  if (kept === undefined) return [`To serve another version, ${works}`]
  return [`End the release, and keep version ${kept}: ${to(kept)}`, `Then ${works}`]
}

function inExistence(existing: readonly string[], rolledBack: ReadonlySet<string> = new Set()): string {
  if (existing.length === 0) return 'no version exists'
  const shown = existing.slice(0, most).toReversed()
  const rest = existing.length > shown.length ? `, and ${existing.length - shown.length} older ones` : ''
  const back = shown.filter((version) => rolledBack.has(version))
  const note = back.length > 0 ? ` (rolled back before: ${back.join(', ')})` : ''
  return `${ofVersions(shown, 'exists', 'exist').toLowerCase()}${rest}${note}`
}

/** `Version 2 was deleted`, `Versions 1, 2 and 3 were deleted`. */
export function ofVersions(versions: readonly string[], one: string, several: string): string {
  const [last] = versions.slice(-1)
  if (versions.length === 1) return `Version ${last} ${one}`
  return `Versions ${versions.slice(0, -1).join(', ')} and ${last} ${several}`
}
