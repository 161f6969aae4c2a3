import { mayPass } from '../../errors/after-a-call.ts'
import { asLambdactlError, LambdactlError } from '../../errors/error.ts'
import type { ProvisionedConcurrency } from '../../ports/concurrency.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { isSameAlias } from '../../release/values/same-alias.ts'
import { commandFor, interrupted, type Run, type Target } from '../run/run.ts'
import { waitUntil } from '../run/wait-until.ts'
import { warn } from '../run/warn.ts'
import { initialisationFailed, provisionPatience, tellWarming } from './await-provisioned.ts'

/**
 * Moves an alias's own provisioned concurrency, if it has any, to the alias's version. AWS allows no other order, so
 * the version runs on demand until it is READY again. Each look does the remaining work.
 *
 * @returns the alias, whose revision AWS may have changed
 * @throws LambdactlError UPDATE_FAILED if the version does not start, INTERRUPTED except between the two changes
 */
export async function handOver(
  run: Run,
  target: Target,
  alias: AliasState,
  amount: number,
): Promise<AliasState> {
  const what = `the provisioned concurrency of ${target.lambdaName}:${alias.version}`
  const tell = tellWarming(run, target, alias.version)
  const look = () => unlessPassing(() => step(run, target, { version: alias.version, amount, tell }))
  try {
    await waitUntil(run.clock, what, provisionPatience, look)
  } catch (error) {
    throw withWayBack(target, alias.version, amount, error)
  }
  return sameAsFound(alias, await run.aws.aliases.get(target.lambdaName, target.alias))
}

/** The version that gets the environments, their number, and the listener. */
interface Taking {
  version: string
  amount: number
  tell: (progress: ProvisionedConcurrency) => void
}

async function step(
  run: Run,
  target: Target,
  { version, amount, tell }: Taking,
): Promise<ProvisionedConcurrency | undefined> {
  const { concurrency } = run.aws
  const found = await concurrency.provisioned(target.lambdaName)
  const ofAlias = found.find(({ qualifier }) => qualifier === target.alias)
  const ofVersion = found.find(({ qualifier }) => qualifier === version)
  if (run.signal.aborted && (ofAlias || ofVersion)) throw interrupted()
  if (ofAlias) {
    const text = `${target.alias} hands its provisioned concurrency over to version ${version}, which runs on demand until it is ready`
    warn(run, target, text)
    await concurrency.unprovision(target.lambdaName, target.alias)
  }
  if (!ofVersion) {
    await concurrency.provision(target.lambdaName, version, amount)
    return undefined
  }
  tell(ofVersion)
  if (ofVersion.status === 'FAILED') throw initialisationFailed(target, ofVersion)
  return ofVersion.status === 'READY' ? ofVersion : undefined
}

/**
 * Between the two changes one answer must not decide about another try: AWS may refuse the version for a moment too.
 */
async function unlessPassing<Answer>(look: () => Promise<Answer | undefined>): Promise<Answer | undefined> {
  try {
    return await look()
  } catch (error) {
    if (mayPass(error)) return undefined
    throw error
  }
}

function withWayBack(target: Target, version: string, amount: number, error: unknown): LambdactlError {
  const { code, message, next } = asLambdactlError(error)
  if (code === 'INTERRUPTED') return asLambdactlError(error)
  const give = commandFor(target, 'concurrency provision', String(amount), '--version', version)
  const wayBack = `Version ${version} gets traffic even without its environments. To give it some: ${give}`
  return new LambdactlError(code, message, { next: [...next, wayBack], cause: error })
}

/** An alias that was moved meanwhile is returned as it was found, so the first shift, which it guards, is refused. */
function sameAsFound(found: AliasState, now: AliasState | undefined): AliasState {
  return now && isSameAlias(found, now) ? now : found
}
