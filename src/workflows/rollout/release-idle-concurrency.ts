import { asLambdactlError, isCode } from '../../errors/error.ts'
import type { ProvisionedConcurrency } from '../../ports/concurrency.ts'
import { type Leaving, usedBy, versionsLeft } from '../../release/plan/provisioned.ts'
import { inProgress, type ReleaseRecord } from '../../release/values/record.ts'
import type { Ended } from '../ending/ended.ts'
import type { PlannedRelease } from '../run/release.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'
import { warn } from '../run/warn.ts'

/** Releases environments that a release no longer needs, after any end of it. */
export async function releaseIdleAfter({ run, target, plan }: PlannedRelease, ended: Ended): Promise<void> {
  if (plan.provisioned && ended.how !== 'waiting') await releaseIdle(run, target, plan)
}

/** Releases environments of an ended release, from its record alone; later ones belong to somebody else. */
export async function releaseIdleSince(run: Run, target: Target, record: ReleaseRecord): Promise<void> {
  const isOthers = target.codeOnly?.provisions === false
  if (isOthers || inProgress(record) || record.strategy === 'rollback') return
  await releaseIdle(run, target, record, record.since)
}

/** Never throws: environments that could not be released are reported, with the command for it. */
async function releaseIdle(
  run: Run,
  target: Target,
  leaving: Leaving,
  putBefore = Number.POSITIVE_INFINITY,
): Promise<void> {
  try {
    const found = await run.aws.concurrency.provisioned(target.lambdaName)
    const versions = [leaving.candidate, ...leaving.held]
    const concerned = found.filter(
      ({ qualifier, modified = 0 }) => versions.includes(qualifier) && modified <= putBefore,
    )
    if (concerned.length > 0) await releaseUnused(run, target, leaving, concerned)
  } catch (error) {
    const text = `lambdactl could not see whether a version keeps provisioned concurrency that nothing uses. ${asLambdactlError(error).message} To see it: ${commandFor(target, 'concurrency show')}`
    warn(run, target, text)
  }
}

async function releaseUnused(
  run: Run,
  target: Target,
  leaving: Leaving,
  found: readonly ProvisionedConcurrency[],
): Promise<void> {
  const aliases = await run.aws.aliases.list(target.lambdaName)
  const left = versionsLeft(
    aliases.find(({ name }) => name === target.alias),
    leaving,
  )
  for (const one of found.filter(({ qualifier }) => left.includes(qualifier))) {
    const user = usedBy(one.qualifier, aliases)
    if (user === undefined) await releaseOne(run, target, one)
    else warn(run, target, `version ${one.qualifier} keeps its provisioned concurrency, since ${user}`)
  }
}

async function releaseOne(
  run: Run,
  target: Target,
  { qualifier: version, requested }: ProvisionedConcurrency,
): Promise<void> {
  try {
    await run.aws.concurrency.unprovision(target.lambdaName, version)
    run.emit({ function: target.function, event: 'cooled', version, requested })
  } catch (error) {
    if (isCode(error, 'NOT_FOUND')) return
    const { message } = asLambdactlError(error)
    const how = commandFor(target, 'concurrency provision', 'none', '--version', version)
    warn(
      run,
      target,
      `version ${version} keeps provisioned concurrency that nothing uses. ${message} To release it: ${how}`,
    )
  }
}
