import { hash } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import type { Persistent } from './persistent.ts'
import { restoreState, stateText, writeState } from './state-file.ts'

/** Saves the parts of the sandbox while it runs. */
export interface StateKeeper {
  /** Saves a last time and stops. */
  close(): Promise<void>
}

/** At most one save a second, and at most a twentieth of the time spent on saving a large state. */
const shortestPause = 1000
const pauseFactor = 20

/**
 * Restores every part from the folder, then saves each whose state has changed.
 *
 * @throws LambdactlError CONFIG_INVALID when a file cannot be read; nothing is written then
 */
export async function keepState(directory: string, parts: readonly Persistent[]): Promise<StateKeeper> {
  for (const part of parts) await restoreState(directory, part)
  const saved = new Map(parts.map((part) => [part.key, digest(stateText(part))]))
  let saving = Promise.resolve()
  let timer: NodeJS.Timeout
  let closed = false

  async function save(): Promise<void> {
    for (const part of parts) {
      const text = stateText(part)
      if (saved.get(part.key) === digest(text)) continue
      await writeState(directory, part.key, text)
      saved.set(part.key, digest(text))
    }
  }
  function schedule(pause: number): void {
    timer = setTimeout(() => {
      saving = saveAndSchedule()
    }, pause).unref()
  }
  async function saveAndSchedule(): Promise<void> {
    const start = performance.now()
    await save().catch(report)
    if (!closed) schedule(Math.max(shortestPause, pauseFactor * (performance.now() - start)))
  }
  schedule(shortestPause)

  return {
    async close() {
      closed = true
      clearTimeout(timer)
      await saving
      await save()
    },
  }
}

function digest(text: string): string {
  return hash('sha256', text)
}

/** A full disk must not end the sandbox; the next save tries again, and the one on close fails loudly. */
function report(error: unknown): void {
  console.error('The sandbox could not save its state:', error)
}
