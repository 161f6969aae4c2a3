import type { ResolvedFunction } from '../../config/types.ts'
import { LambdactlError } from '../../errors/error.ts'
import { packageZip } from '../../packaging/package-function.ts'
import type { FunctionState } from '../../ports/functions.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { inProgress, parseRecord } from '../../release/values/record.ts'
import { parseOrigin } from '../../release/values/version-description.ts'
import { lostRecordOf } from '../alias/find-lost-record.ts'
import type { Promotion } from '../run/release-options.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'
import { type CandidateCode, imageCode } from './candidate-code.ts'
import { codeToUpload, sha256Of } from './code-to-upload.ts'

/**
 * Reads the code of the version that another environment's alias serves. Nothing is built; the settings are those of
 * the environment that it goes to.
 *
 * @throws LambdactlError NOT_FOUND without such a version, CONFLICT while a release there decides about it or if none
 * there proved it, PACKAGE_INVALID for an image in place of a zip, or the reverse
 */
export async function promotedCode(
  run: Run,
  target: Target,
  fn: ResolvedFunction,
  from: Promotion,
): Promise<CandidateCode> {
  const { environment, lambdaName } = from.target
  const state = await servedVersion(from)
  const { version, codeSha256, image, settings } = state
  if ((image === undefined) !== (fn.image === undefined)) throw otherType(target, from, image)
  const text = `the code is version ${version} of ${lambdaName}, which ${environment} serves`
  run.emit({ function: target.function, event: 'noted', text })
  const { commit } = parseOrigin(settings.description) ?? {}
  const origin = { promoted: { environment, lambdaName, version }, commit }
  if (image !== undefined) return { ...imageCode(image), ...origin }
  const zip = Buffer.from(await from.run.aws.functions.code(lambdaName, version))
  if (sha256Of(zip) !== codeSha256) throw notItsCode(lambdaName, version)
  const built = await packageZip(fn, zip, `${lambdaName}:${version}`)
  return { ...codeToUpload(run, target, built, fn.artifacts), files: built.files, package: built, ...origin }
}

async function servedVersion({ run, target }: Promotion): Promise<FunctionState> {
  const alias = await run.aws.aliases.get(target.lambdaName, target.alias)
  if (alias) requireDecided(target, alias)
  if (alias) await requireProven(run, target, alias)
  const state = alias && (await run.aws.functions.get(target.lambdaName, alias.version))
  if (state && state.version !== '$LATEST') return state
  throw new LambdactlError(
    'NOT_FOUND',
    `${target.environment} serves no published version of ${target.lambdaName} through ${target.alias}, so there is nothing to promote.`,
    { next: [`Release it there first: ${commandFor(target, 'deploy')}`] },
  )
}

/** A version that is being tried, or that shares its traffic, is not proven yet. */
function requireDecided(target: Target, { description, weight, version }: AliasState): void {
  const record = parseRecord(description)
  if (!inProgress(record) && !weight) return
  const what = record && inProgress(record) ? `release ${record.id} (${record.phase})` : 'a second version'
  throw new LambdactlError(
    'CONFLICT',
    `${target.environment} has not decided yet: beside version ${version} of ${target.lambdaName} there is ${what}.`,
    { next: [`Wait for its end: ${commandFor(target, 'canary wait')}`, 'Then run the command again.'] },
  )
}

/**
 * Something else may have moved the alias: then no release there gave its version 100%, or one rolled it back. An alias
 * that lambdactl never released has no record, and is taken as it is.
 */
async function requireProven(run: Run, target: Target, alias: AliasState): Promise<void> {
  const record = parseRecord(alias.description) ?? (await lostRecordOf(run, target, alias))
  const [proven] = record?.held ?? []
  if (proven === undefined || record?.held.includes(alias.version)) return
  throw new LambdactlError(
    'CONFLICT',
    `Something other than lambdactl moved ${target.alias} of ${target.lambdaName} in ${target.environment} to version ${alias.version}, which no release there proved.`,
    {
      next: [
        `Release it there first: ${commandFor(target, 'deploy')}`,
        `Or put version ${proven} back, which a release there gave 100%: ${commandFor(target, 'rollback', '--to', proven)}`,
        'Then run the command again.',
      ],
    },
  )
}

function otherType(
  { lambdaName }: Target,
  { target: from }: Promotion,
  image: string | undefined,
): LambdactlError {
  const [is, expected] = image === undefined ? ['a zip', 'an image'] : ['an image', 'a zip']
  return new LambdactlError(
    'PACKAGE_INVALID',
    `${from.environment} serves ${is}, and ${lambdaName} runs ${expected}: Lambda can't change that. Expected ${expected}, got ${is}.`,
    { next: ['Make both functions of the same package type, with the tool that makes them.'] },
  )
}

function notItsCode(lambdaName: string, version: string): LambdactlError {
  const what = `The downloaded code of ${lambdaName}:${version} has another SHA-256 than AWS says.`
  return new LambdactlError('CONFLICT', what, { next: ['Run the command again.'] })
}
