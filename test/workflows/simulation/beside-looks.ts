import type { FunctionState } from '../../../src/ports/functions.ts'
import type { Plan } from '../../../src/release/plan/plan.ts'
import type { Trigger } from '../../../src/release/values/observed.ts'
import { fingerprintOf } from '../../../src/workflows/settings/fingerprint.ts'

/** The parts of a process that a look at another tool's function changes. */
interface Looking {
  plan: Plan | undefined
  /** `pending` once $LATEST was read, and was as the release began on it. */
  beside: 'pending' | 'same' | 'moved' | undefined
}

/** Reads $LATEST or a version; only the first tells something. */
export async function lookAtFunction(
  process: Looking,
  version: string | undefined,
  read: () => Promise<FunctionState | undefined>,
): Promise<FunctionState | undefined> {
  const begun = process.plan?.beside
  if (version !== undefined || !begun) return read()
  process.beside = undefined
  const found = await read()
  const isSame =
    found?.status === 'ready' &&
    found.codeSha256 === begun.code &&
    fingerprintOf(found.settings) === begun.configuration
  process.beside = isSame ? 'pending' : 'moved'
  return found
}

/** The engine reads the triggers last. */
export async function lookAtTriggers(process: Looking, read: () => Promise<Trigger[]>): Promise<Trigger[]> {
  const found = await read()
  const begun = process.plan?.beside
  if (process.beside !== 'pending' || !begun) return found
  const named = (isPast: boolean) =>
    found
      .filter(({ qualifier }) => (qualifier === undefined) === isPast)
      .map(({ description }) => description)
  const isAdded = named(true).some((each) => !begun.bypasses?.includes(each))
  const isGone = begun.through?.some((each) => !named(false).includes(each))
  process.beside = isAdded || isGone ? 'moved' : 'same'
  return found
}
