import type { ResolvedFunction } from '../config/types.ts'
import type { UnversionedSettings } from '../config/unversioned-settings.ts'
import { asLambdactlError, LambdactlError } from '../errors/error.ts'
import { commitOf } from '../packaging/commit.ts'
import { packageDigest } from '../packaging/digest.ts'
import { requireUploadable } from '../packaging/limits.ts'
import type { ProvisionedConcurrency } from '../ports/concurrency.ts'
import type { FunctionSettings, FunctionState } from '../ports/functions.ts'
import type { AliasState } from '../release/observed.ts'
import { inProgress, parseRecord } from '../release/record.ts'
import { formatOrigin, type Origin } from '../release/version-description.ts'
import { applyBeforeUpload, applyRuntimeUpdates } from './apply-unversioned.ts'
import { type CandidateCode, candidateCode, tryHandler } from './candidate-code.ts'
import { clearInjectedWeights } from './clear-injected-weights.ts'
import { codeReader } from './deployed-code-of.ts'
import { explainConflict } from './explain-conflict.ts'
import { requireCreatedAlike } from './fixed-at-creation.ts'
import { requireRoomForLayers } from './layer-sizes.ts'
import { requireSameType } from './package-type.ts'
import { readProvisioned } from './plan-concurrency.ts'
import { begin, commandFor, type Run, type Target } from './run.ts'
import { type LocalFunction, servesAlready } from './serves-already.ts'
import { identityOf, settingsChanges, settingsOf } from './settings.ts'
import { waitUntilReady, waitUntilSettled } from './wait-until.ts'

/** A function packaged and compared with what the alias serves; nothing is changed yet. */
export interface Comparison {
  code: CandidateCode
  settings: FunctionSettings
  origin: Origin
  /** The alias as it was first read; undefined before the first deploy. */
  alias: AliasState | undefined
  /** The version that the alias serves; undefined before the first deploy. */
  serving: FunctionState | undefined
  /** $LATEST; undefined when the function does not exist. Not read when there is nothing to deploy. */
  latest: FunctionState | undefined
  /** What the file has of settings that belong to no version. */
  unversioned: UnversionedSettings | undefined
  /** The function's provisioned concurrency. Not read when there is nothing to deploy, or no alias. */
  provisioned: readonly ProvisionedConcurrency[]
  /** What has to happen; `none` when the alias's version has this very content and configuration. */
  change: 'none' | 'create' | 'update'
}

/**
 * Packages a function and compares its content digest with the one that the alias's version was published with.
 *
 * @param dryRun weights that Lambda left behind stay, and count as cleared
 * @throws LambdactlError PACKAGE_INVALID, or CONFLICT while another release has the alias
 */
export async function compare(
  run: Run,
  target: Target,
  fn: ResolvedFunction,
  dryRun: boolean,
): Promise<Comparison> {
  if (!fn.image) begin(run, target, 'packaging')
  const made = await candidateCode(run, target, fn)
  const settings = settingsOf(fn)
  const digest = packageDigest(made.files, identityOf(settings))
  announce(run, target, made, digest)
  begin(run, target, 'comparing')
  const read = await run.aws.aliases.get(target.lambdaName, target.alias)
  const alias = await clearInjectedWeights(run, target, read, dryRun)
  requireFree(target, alias)
  const origin = { digest, commit: await commitOf(fn.source) }
  const serving = alias && (await run.aws.functions.get(target.lambdaName, alias.version))
  const { unversioned } = fn
  const found = { code: made, settings, alias, serving, unversioned, provisioned: [] }
  if (serving && (await isServed(run, target, serving, { code: made, settings, digest }))) {
    return { ...found, origin, latest: undefined, change: 'none' }
  }
  const [latest, provisioned] = await Promise.all([
    run.aws.functions.get(target.lambdaName),
    alias ? readProvisioned(run, target, fn) : [],
  ])
  requireSameType(target, fn, latest)
  requireCreatedAlike(target, fn, latest)
  // What Lambda has already may have come there in a way that is not configured here.
  if (made.package && !(latest && runs(latest, made))) {
    requireUploadable(made.package, fn.artifacts !== undefined)
  }
  await requireRoomForLayers(run, target, fn, made.package)
  if (made.package) begin(run, target, 'loading')
  await tryHandler(run, target, fn, made)
  return { ...found, origin, latest, provisioned, change: latest ? 'update' : 'create' }
}

/**
 * Brings $LATEST to the compared package and publishes it: wait, act, wait, each update fenced by the revision that was
 * read before. No alias is touched.
 *
 * @returns the version as it is; the one that exists already when nothing differs from the last publish
 * @throws LambdactlError CONFLICT when somebody else updates the function, UPDATE_FAILED
 */
export async function publishCandidate(
  run: Run,
  target: Target,
  compared: Comparison,
): Promise<FunctionState> {
  try {
    return await publishInOrder(run, target, compared)
  } catch (error) {
    throw await explainConflict(run, target, compared.alias, error)
  }
}

async function publishInOrder(run: Run, target: Target, compared: Comparison): Promise<FunctionState> {
  const { functions } = run.aws
  const name = target.lambdaName
  const { code, unversioned } = compared
  const upload = () => {
    if (!code.image) begin(run, target, 'uploading')
    return code.upload()
  }
  const waited = (wait: typeof waitUntilReady) => {
    begin(run, target, 'updating')
    return wait(functions, run.clock, name)
  }
  const ready = () => waited(waitUntilReady)
  if (compared.change === 'create') {
    await functions.create(name, compared.settings, await upload(), unversioned?.codeSigning)
    run.emit({ function: target.function, event: 'created' })
  } else await applyBeforeUpload(run, target, unversioned)
  let state = await (compared.change === 'create' ? ready() : waited(waitUntilSettled))
  if (needsCode(state, compared)) {
    const uploaded = await upload()
    const { architecture, sourceKmsKey = state.settings.sourceKmsKey ?? '' } = compared.settings
    await functions.updateCode(name, { architecture, sourceKmsKey }, uploaded, state.revisionId)
    run.emit({ function: target.function, event: 'code-updated' })
    state = await ready()
  }
  const changed = settingsChanges(state.settings, compared.settings)
  if (changed) {
    const changedAt = await functions.updateSettings(name, changed, state.revisionId)
    run.emit({ function: target.function, event: 'configuration-updated' })
    state = await ready()
    if (state.lastModified !== changedAt && settingsChanges(state.settings, compared.settings)) {
      throw overwritten(target)
    }
  }
  if (!runs(state, code)) throw overwritten(target)
  if (await applyRuntimeUpdates(run, target, unversioned, '$LATEST')) state = await ready()
  begin(run, target, 'publishing')
  const published = await functions.publish(name, {
    codeSha256: state.codeSha256,
    revisionId: state.revisionId,
    description: formatOrigin(compared.origin),
  })
  const candidateReady = () => waitUntilReady(functions, run.clock, name, published.version)
  let candidate = await candidateReady()
  if (await applyRuntimeUpdates(run, target, unversioned, published.version))
    candidate = await candidateReady()
  run.emit({
    function: target.function,
    event: 'published',
    version: published.version,
    description: published.description,
  })
  return candidate
}

/** An update that failed is made again, since what it lacked may be there by now. */
function needsCode(state: FunctionState, { code, settings }: Comparison): boolean {
  return (
    state.status === 'failed' ||
    !runs(state, code) ||
    state.settings.architecture !== settings.architecture ||
    (settings.sourceKmsKey ?? state.settings.sourceKmsKey ?? '') !== (state.settings.sourceKmsKey ?? '')
  )
}

function runs(state: FunctionState, { sha256, image }: CandidateCode): boolean {
  return state.codeSha256 === sha256 || (image !== undefined && state.image === image)
}

/** Nobody else's code or configuration is published as this release's. */
function overwritten({ lambdaName }: Target): LambdactlError {
  return new LambdactlError(
    'CONFLICT',
    `The function ${lambdaName} was changed while it was being updated.`,
    {
      next: ['Run the command again: it starts from what is there now.'],
    },
  )
}

/** What can't be compared is taken for changed, and said. */
async function isServed(
  run: Run,
  target: Target,
  serving: FunctionState,
  local: LocalFunction,
): Promise<boolean> {
  try {
    return await servesAlready(run, target, serving, local, codeReader(run, target, local.code))
  } catch (error) {
    const why = asLambdactlError(error).message
    const text = `Version ${serving.version} was published by something else, and could not be compared: ${why}`
    run.emit({ function: target.function, event: 'warning', text })
    return false
  }
}

/** Another release must be ended before the next begins: only one can be gated and rolled back. */
function requireFree(target: Target, alias: AliasState | undefined): void {
  if (!alias) return
  const record = parseRecord(alias.description)
  const busy = inProgress(record)
  if (!busy && !alias.weight) return
  const holder =
    busy && record
      ? `release ${record.id} (${record.strategy}, ${record.phase})`
      : 'something other than lambdactl'
  const share = alias.weight ? `, with ${alias.weight.percent}% on version ${alias.weight.version}` : ''
  throw new LambdactlError(
    'CONFLICT',
    `Alias ${alias.name} of ${target.lambdaName} is held by ${holder}${share}.`,
    {
      next: [
        `See how it stands: ${commandFor(target, 'status')}`,
        `If nobody is running it any more, end it, then try again: ${commandFor(target, 'rollback')}`,
      ],
    },
  )
}

function announce(run: Run, target: Target, made: CandidateCode, digest: string): void {
  const note = (text: string) => run.emit({ function: target.function, event: 'noted', text })
  if (!made.package) return note(`image ${made.image}`)
  const { zippedBytes, unzippedBytes, bundled, excludedSecrets, files, notes } = made.package
  const sizes = { zippedBytes, unzippedBytes, files: files.length, digest, bundled }
  run.emit({ function: target.function, event: 'packaged', ...sizes })
  if (excludedSecrets.length > 0)
    run.emit({ function: target.function, event: 'left-out', paths: excludedSecrets })
  for (const text of notes) note(text)
}
