import { LambdactlError } from '../../errors/error.ts'
import type { ProvisionedConcurrency } from '../../ports/concurrency.ts'
import { commandFor, interruptible, type Run, type Target } from '../run/run.ts'
import { waitUntil } from '../run/wait-until.ts'

/** AWS starts to allocate after one or two minutes, and large amounts take a few more. */
export const provisionPatience = { deadlineMs: 15 * 60_000, firstPauseMs: 200, longestPauseMs: 3000 }

/**
 * Waits until the provisioned concurrency of a version or alias is READY.
 *
 * @param onProgress is called at each look with the number of ready environments
 * @throws LambdactlError UPDATE_FAILED with AWS's reason if initialisation fails, CONFLICT if it is removed meanwhile,
 * INTERRUPTED
 */
export async function awaitProvisioned(
  run: Run,
  target: Target,
  qualifier: string,
  onProgress: (progress: ProvisionedConcurrency) => void,
): Promise<ProvisionedConcurrency> {
  const what = `the provisioned concurrency of ${target.lambdaName}:${qualifier}`
  const look = async () => {
    const found = await findProvisioned(run, target, qualifier)
    if (!found) throw new LambdactlError('CONFLICT', `T${what.slice(1)} was removed meanwhile.`)
    onProgress(found)
    if (found.status === 'FAILED') throw initialisationFailed(target, found)
    return found.status === 'READY' ? found : undefined
  }
  const patience = { ...provisionPatience, signal: run.signal }
  return waitUntil(run.clock, what, patience, () => interruptible(run.signal, look))
}

export async function findProvisioned(
  { aws }: Run,
  { lambdaName }: Target,
  qualifier: string,
): Promise<ProvisionedConcurrency | undefined> {
  return (await aws.concurrency.provisioned(lambdaName)).find((one) => one.qualifier === qualifier)
}

/** Reports the number of ready environments when it changes. */
export function tellWarming(
  run: Run,
  { function: name }: Target,
  version: string,
): (progress: ProvisionedConcurrency) => void {
  let told = ''
  return ({ available, requested }) => {
    const said = `${available}/${requested}`
    if (said !== told) run.emit({ function: name, event: 'warming', version, available, requested })
    told = said
  }
}

export function initialisationFailed(
  target: Target,
  { qualifier, reason }: ProvisionedConcurrency,
): LambdactlError {
  return new LambdactlError(
    'UPDATE_FAILED',
    `Lambda could not provision concurrency for ${target.lambdaName}:${qualifier}: ${reason ?? 'no reason given'}.`,
    {
      next: [
        `See its output at the start: ${commandFor(target, 'logs tail', '--since', '10m', '--no-follow')}`,
      ],
    },
  )
}
