import type { ResolvedFunction } from '../../config/types.ts'
import { ownerCheck, replacedChecks } from '../../gates/candidate/owner-check.ts'
import {
  configurationCheck,
  driftCheck,
  hiddenVariablesCheck,
  rolledBackCheck,
} from '../../gates/candidate/past-checks.ts'
import { othersProvisionedChecks } from '../../gates/candidate/provisioned-check.ts'
import { stoppedCheck } from '../../gates/candidate/stopped-check.ts'
import type { FunctionState } from '../../ports/functions.ts'
import type { Plan } from '../../release/plan/plan.ts'
import { asCounted, flagPast, type PastFlag } from '../../release/plan/went-past.ts'
import type { Check } from '../../release/values/check.ts'
import { ownerOf } from '../../release/values/owner.ts'
import { parseOrigin } from '../../release/values/version-description.ts'
import type { Changes } from '../candidate/changes-of.ts'
import type { Changed } from '../candidate/compare-candidate.ts'
import { isOurs } from '../candidate/whose-function.ts'
import { shippedChanges } from '../release-only/shipped-changes.ts'
import { readPast } from '../run/read-past.ts'
import type { ReleaseOptions } from '../run/release-options.ts'
import { commandFor, type Run, sameCommand, type Target } from '../run/run.ts'
import { stoppedOf } from '../stopping/stopped.ts'
import { changesIn, settingWords, tellChanges } from './changes-in.ts'
import { type Judged, judge } from './judge.ts'
import { overwritten } from './overwritten.ts'
import { rolledBackBefore } from './rolled-back-before.ts'

/**
 * Proves that nothing about the function itself forbids the release without a person's permission: it is somebody
 * else's, another project's or another language's, was changed by hand, or by another tool where that is refused, or the
 * content was rolled back before. Changes nothing.
 *
 * @returns the flags that were needed to go past it
 * @throws LambdactlError PREFLIGHT_FAILED with the failed checks and the way past them
 */
export async function proveFunction(
  run: Run,
  compared: Changed,
  plan: Judged,
  { dryRun, goPast = [], isProtected = false, refusesConfigChange = false }: ReleaseOptions,
): Promise<PastFlag[]> {
  const { target, fn, latest, serving } = compared
  if (!latest) return []
  const past = await readPast(run, target)
  const isKnown = await isOurs(run, compared, async () => past)
  const changes = dryRun || !isKnown ? await changesIn(run, compared, latest, past) : undefined
  if (changes) tellChanges(run, compared, changes)
  const found = [
    ...(await whileStopped(run, compared)),
    ...(changes && !isKnown ? [foreignCheck(compared, changes)] : []),
    ...replaced(target, fn, serving),
    ...(isKnown ? driftCheck(await overwritten(run, compared, latest, past)) : []),
    ...configurationCheck(shippedChanges(compared), refusesConfigChange),
    ...hiddenVariablesCheck(hiddenOf(compared), refusesConfigChange),
    ...othersProvisioned(compared),
    ...rolledBackCheck(await rolledBackBefore(run, compared, past), run.clock.now()),
  ]
  const { checks, wentPast } = asCounted(found, goPast, isProtected)
  judge(
    { run, target, plan },
    { consequence: 'Nothing was changed', checks, ways: waysOn(run, target, plan, checks) },
  )
  return wentPast
}

async function whileStopped(run: Run, { target, fn, latest }: Changed): Promise<Check[]> {
  const stopped = latest && (await stoppedOf(run, target, latest))
  return stopped ? [stoppedCheck({ ...stopped, provisions: fn.provisionedConcurrency !== undefined })] : []
}

export function foreignCheck(
  { target, serving }: Pick<Changed, 'target' | 'serving'>,
  changes: Pick<Changes, 'configuration' | 'attachments'>,
): Check {
  const { lambdaName, alias } = target
  const serves = serving ? `version ${serving.version}, which ${alias} serves,` : 'the present code'
  return ownerCheck({ lambdaName, serves, changes: settingWords(changes) })
}

/** Lambda's reason why variables of another tool can't be compared. */
function hiddenOf({ fn, latest, serving }: Changed): string | undefined {
  return fn.manages === 'code' ? (latest?.hiddenVariables ?? serving?.hiddenVariables) : undefined
}

function othersProvisioned({ target, fn, alias, provisioned, latest }: Changed): Check[] {
  if (fn.manages === 'function' || !alias) return []
  const of = (qualifier: string) => provisioned.find((one) => one.qualifier === qualifier)?.requested
  return othersProvisionedChecks({
    alias: alias.name,
    function: target.function,
    version: alias.version,
    owner: ownerOf(latest?.tags) ?? 'its own tool',
    ofAlias: of(alias.name),
    ofVersion: fn.provisionedConcurrency === undefined ? of(alias.version) : undefined,
  })
}

/** Tells whether the alias serves another project's or another language's version. */
export function replaced(
  { alias }: Target,
  { runtime, service }: ResolvedFunction,
  serving: FunctionState | undefined,
): Check[] {
  if (!serving) return []
  const { version, settings } = serving
  const before = { version, alias, runtime: settings.runtime, origin: parseOrigin(settings.description) }
  return replacedChecks(before, { runtime, service })
}

/** The ways past failed checks, each on record. */
export function waysOn(
  run: Pick<Run, 'config'>,
  target: Target,
  plan: Pick<Plan, 'strategy'>,
  checks: readonly Check[],
): string[] {
  const failed = checks.filter(({ outcome }) => outcome === 'fail')
  const flags = [...new Set(failed.flatMap((check) => flagPast(check) ?? []))]
  const { lambdaName, environment, function: name, wholePlaceFlags = [] } = target
  return [
    ...(failed.some(({ title }) => title === 'owner')
      ? [
          `To adopt it unchanged, in a folder of its own or after you remove ${name} from ${run.config.name}: ${['lambdactl init --from', lambdaName, '--manages function --env', environment, ...wholePlaceFlags].join(' ')}`,
          `To release its code alone, and leave the rest to the tool that makes it, see the lines for both: ${commandFor(target, 'doctor')}`,
        ]
      : []),
    ...(failed.some(({ title }) => title === 'drift') ? [wayToKeep(run, target)] : []),
    ...(failed.some(({ title }) => title === 'configuration')
      ? [`To ship it too, under the same gates: ${sameCommand(withoutRefusal(target), plan)}`]
      : []),
    ...(flags.length > 0
      ? [`To release anyway, on record: ${sameCommand(target, plan, ...flags.map((flag) => `--${flag}`))}`]
      : []),
  ]
}

/** Of another tool's function only the code can differ, and no line of the file keeps that. */
function wayToKeep({ config }: Pick<Run, 'config'>, target: Target): string {
  const { function: name, codeOnly } = target
  return codeOnly
    ? `To keep the code that is there, and release it as it is, remove its source from functions.${name} of ${config.name}; to see the difference: ${commandFor(target, 'diff', '--patch')}`
    : `To keep it, write it into ${config.name}; this shows the lines: ${commandFor(target, 'diff')}`
}

function withoutRefusal(target: Target): Target {
  const { releaseFlags = [] } = target
  return { ...target, releaseFlags: releaseFlags.filter((flag) => flag !== '--refuse-config-change') }
}
