import { randomBytes } from 'node:crypto'
import { requireUploadable } from '../../packaging/model/limits.ts'
import type { FunctionState } from '../../ports/functions.ts'
import { releaseId } from '../../release/plan/plan.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { heldAfter, inProgress, parseRecord, type ReleaseRecord } from '../../release/values/record.ts'
import { formatOrigin } from '../../release/values/version-description.ts'
import { shiftAlias } from '../alias/shift-alias.ts'
import type { Packaged } from '../candidate/package-candidate.ts'
import { publish, updateCode } from '../candidate/settled-updates.ts'
import type { Run, Target } from '../run/run.ts'
import { type Patience, waitUntil, waitUntilReady, waitUntilSettled } from '../run/wait-until.ts'
import { settingsChanges } from '../settings/settings.ts'

/**
 * Gives changed code to the alias at once: no gate, no smoke event, no journal.
 *
 * @returns the version that the alias serves; undefined if more than the code differs, which is a deploy's work
 * @throws LambdactlError PACKAGE_INVALID for a package that is too large, CONFLICT if somebody else changes the function
 */
export async function serveCode(run: Run, { target, fn, local }: Packaged): Promise<string | undefined> {
  const { lambdaName, alias: name } = target
  const { code, settings, digest } = local
  const [alias, found] = await Promise.all([
    run.aws.aliases.get(lambdaName, name),
    waitUntilSettled(run.aws.functions, run.clock, lambdaName),
  ])
  const isBusy = !alias || alias.weight || inProgress(parseRecord(alias.description))
  if (isBusy || settingsChanges(found.settings, settings)) return undefined
  if (code.package) requireUploadable(code.package, fn.artifacts !== undefined)
  if (found.codeSha256 !== code.sha256) await updateCode(run, found, local, await code.upload())
  const latest = await readySoon(run, lambdaName)
  const origin = { digest, commit: undefined, ...(fn.service === undefined ? {} : { service: fn.service }) }
  const { version } = await publish(run, target, latest, formatOrigin(origin))
  await serve(run, target, alias, version)
  return version
}

/** A person waits for it, and a sandbox has no quota that many looks would use up. */
const soon: Patience = { deadlineMs: 300_000, firstPauseMs: 5, longestPauseMs: 100 }

async function readySoon({ aws: { functions }, clock }: Run, name: string): Promise<FunctionState> {
  await waitUntil(clock, `the update of ${name}`, soon, async () => {
    const state = await functions.get(name)
    return state?.status === 'changing' ? undefined : true
  })
  return waitUntilReady(functions, clock, name)
}

async function serve(run: Run, target: Target, alias: AliasState, version: string): Promise<void> {
  if (alias.version === version) return
  const held = parseRecord(alias.description)?.held ?? [alias.version]
  const record: ReleaseRecord = {
    id: releaseId(randomBytes(8)),
    strategy: 'all-at-once',
    phase: 'done',
    step: 0,
    steps: 0,
    candidate: version,
    held: heldAfter(version, held),
    since: run.clock.now(),
    reason: 'lambdactl dev',
  }
  await shiftAlias(run, target, alias, { version, weight: undefined, record })
}
