import { kill } from '../../../processes/group.ts'
import type { Extensions } from '../extensions/extensions.ts'
import type { Failure } from '../model/failure.ts'
import type { Child } from '../runtime/child-process.ts'
import type { RuntimeAnswer, RuntimeApi, RuntimeEvent } from '../runtime/runtime-api.ts'

/** The end of the INIT phase: the runtime and all extensions wait for an event, or one of them has failed. */
export async function initialiseAll(api: RuntimeApi, extensions: Extensions): Promise<Failure | undefined> {
  const failure = await api.initialised
  if (failure) return failure
  const isReady = extensions.ready().then(() => undefined)
  return Promise.race([extensions.failed, isReady])
}

/** Gives an event to the runtime and the extensions, and waits for all of them. */
export async function deliverToAll(
  api: RuntimeApi,
  extensions: Extensions,
  event: RuntimeEvent,
): Promise<RuntimeAnswer> {
  if (extensions.patience() === 0) return api.deliver(event)
  extensions.invoke(event)
  const answer = await api.deliver(event)
  // The end of the runtime ends the environment; its extensions get SHUTDOWN.
  if (!api.ended()) await extensions.ready()
  return answer
}

/** The share of the time for an orderly end that Lambda gives to the runtime. */
const runtimesShare = 0.3

/**
 * Ends the runtime.
 *
 * @param patienceMs the time for an orderly end of all processes; 0 to end it at once
 */
export async function stopRuntime(child: Child, patienceMs: number): Promise<void> {
  if (patienceMs > 0 && child.pid !== undefined) {
    kill(child.pid, 'SIGTERM')
    const { promise: isLate, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, patienceMs * runtimesShare)
    await Promise.race([child.exited, isLate])
    clearTimeout(timer)
  }
  await child.kill()
}
