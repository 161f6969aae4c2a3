import { dirname } from 'node:path'
import type { ResolvedFunction } from '../config/types.ts'
import { asLambdactlError, LambdactlError } from '../errors/error.ts'
import { type FileWatch, watchFiles } from '../packaging/watch/watch-files.ts'
import { deploy } from './deploy.ts'
import { answers, type Invocation } from './dev/answers.ts'
import { coalesced } from './dev/coalesced.ts'
import { type DevelopedFunctions, developedFunctions } from './dev/developed-functions.ts'
import type { DevEvent, Developed } from './dev/event.ts'
import type { Run } from './run/run.ts'

/** The functions to develop, and the receiver of the events. */
export interface Development {
  /** lambdactl.yaml; an absolute path. */
  configPath: string
  /** Reads the functions from lambdactl.yaml. */
  load: () => Promise<readonly Developed[]>
  tell: (event: DevEvent) => void
  /** A function that is invoked after each of its deploys. */
  invocation?: Invocation | undefined
}

/**
 * Deploys functions, then gives each change of a source or of lambdactl.yaml to the alias, until the run is interrupted.
 * A failure is told, and what was served before stays.
 *
 * @throws LambdactlError CONFIG_INVALID for the first reading of the file, USAGE if the system has no watches left
 */
export async function develop(run: Run, development: Development): Promise<void> {
  const { configPath, load, tell, invocation } = development
  const follow = follower([configPath, ...(invocation?.file === undefined ? [] : [invocation.file])])
  const asked = invocation && answers(run, invocation, tell)
  const means = {
    run,
    folder: dirname(configPath),
    deployWhole,
    tell: (event: DevEvent) => {
      // A build may have read other files than the one before it.
      if (!run.signal.aborted) follow(watch, functions)
      tell(event)
      if (event.event === 'deployed' || event.event === 'reloaded') asked?.note(event.function)
    },
  }
  const functions = developedFunctions(means)
  const settings = coalesced(run, () => readAgain(run, { load, tell: means.tell }, functions))
  using watch = watchFiles((path) => {
    if (path === configPath) settings.note(path)
    if (path === invocation?.file) asked?.note(path)
    functions.note(path)
  })
  try {
    const { added } = await functions.take(await load())
    follow(watch, functions)
    await functions.deploy(added)
    if (run.signal.aborted) return
    tell({ event: 'watching', functions: functions.count() })
    await abortOf(run.signal)
  } finally {
    await settings.end()
    await functions.end()
    await asked?.end()
  }
}

async function readAgain(
  run: Run,
  { load, tell }: Pick<Development, 'load' | 'tell'>,
  functions: DevelopedFunctions,
): Promise<void> {
  try {
    const { added, changed, removed } = await functions.take(await load())
    const begun = [...added, ...changed]
    if (begun.length === 0 && removed.length === 0) return
    tell({ event: 'configured', added: namesOf(added), changed: namesOf(changed), removed })
    await functions.deploy(begun)
  } catch (error) {
    if (!run.signal.aborted) tell({ event: 'misconfigured', error: asLambdactlError(error) })
  }
}

/** Returns what has a watch follow the functions' present paths; it is quick where they are those before. */
function follower(more: readonly string[]): (watch: FileWatch, functions: DevelopedFunctions) => void {
  let followed = ''
  return (watch, functions) => {
    const { folders, files } = functions.watched()
    const wanted = { folders, files: [...more, ...files] }
    const key = JSON.stringify(wanted)
    if (key !== followed) watch.follow(wanted)
    followed = key
  }
}

function namesOf(all: readonly Developed[]): string[] {
  return all.map(({ fn }) => fn.name)
}

/** Without gates and baking: nobody else's traffic is at risk, and the person waits. */
function quick(fn: ResolvedFunction): ResolvedFunction {
  return { ...fn, release: { ...fn.release, bakeMs: 0, alarms: [], compare: undefined, hooks: undefined } }
}

async function deployWhole(run: Run, { fn, target }: Developed): Promise<string> {
  const options = { needsAlarm: false, dryRun: false }
  for await (const { version } of deploy(run, [{ target, fn: quick(fn) }], options)) {
    if (version !== undefined) return version
  }
  throw new LambdactlError('BUG', `The deploy of ${fn.name} ended without a version.`)
}

async function abortOf(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  const { promise, resolve } = Promise.withResolvers<void>()
  signal.addEventListener('abort', () => resolve(), { once: true })
  await promise
}
