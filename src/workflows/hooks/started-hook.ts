import { hookPlace } from '../../release/decision/hook-facts.ts'
import { placeKey } from '../../release/journal/passed-hooks.ts'
import type { HookCommand, HookPoint } from '../../release/plan/hooks.ts'
import type { AliasState } from '../../release/values/observed.ts'
import type { ReleaseRecord } from '../../release/values/record.ts'
import type { PlannedRelease } from '../run/release.ts'
import { type EndedHook, journalHook, runHook, tellEnded, tellStarted } from './run-hook.ts'

/** A hook that was started during a release. */
export interface StartedHook {
  hook: HookPoint
  /** Its place, as `placeKey` names it. */
  place: string
  /** Undefined while it runs. */
  ended(): EndedHook | undefined
  /** True once its end was reported, or that it was stopped. */
  isTold(): boolean
  /** Aborted when it has ended. */
  over: AbortSignal
  /** Resolves when it has ended. */
  done: Promise<void>
  stop(): void
  /** Reports its end, or that it was stopped; once. */
  tell(isStopped?: boolean): void
  /** Puts its end on record; once. */
  journal(): Promise<void>
}

/** Starts a hook for the release's present place. */
export function startHook(
  release: PlannedRelease,
  { hook, command }: { hook: HookPoint; command: HookCommand },
  { record, alias }: { record: ReleaseRecord; alias: AliasState },
): StartedHook {
  const { run, target, plan } = release
  tellStarted(release, hook)
  const began = run.clock.elapsed()
  const stopper = new AbortController()
  const over = new AbortController()
  const signal = AbortSignal.any([stopper.signal, run.signal])
  const place = hookPlace(hook, plan, record, alias.weight)
  let ended: EndedHook | undefined
  let isTold = false
  let isWritten = false
  const work = async () => {
    ended = await runHook(release, { hook, command, place, signal })
    over.abort()
  }
  return {
    hook,
    place: placeKey(record),
    over: over.signal,
    ended: () => ended,
    isTold: () => isTold,
    done: work(),
    stop: () => stopper.abort(),
    tell(isStopped = false) {
      if (isTold || !(ended || isStopped)) return
      isTold = true
      const seconds = Math.max(0, run.clock.elapsed() - began) / 1000
      if (ended) tellEnded(release, ended)
      else run.emit({ function: target.function, event: 'hook', hook, state: 'stopped', seconds })
    },
    async journal() {
      if (isWritten || !ended) return
      isWritten = true
      await journalHook(release, ended, record)
    },
  }
}
