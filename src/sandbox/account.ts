import { rm } from 'node:fs/promises'
import path from 'node:path'
import { closeAll } from './closers.ts'
import type { Fed } from './delivery/feed.ts'
import type { Executor } from './execution/model/executor.ts'
import { createDelays } from './faults/delays.ts'
import type { FindSession } from './front/caller.ts'
import type { SandboxStatus } from './own/status.ts'
import {
  type AccountOptions,
  folderOf,
  type Holder,
  type PartName,
  type Parts,
  partMakers,
  partNames,
} from './parts.ts'
import type { Service } from './protocol/service.ts'
import { cloudFormationService } from './stacks/cloudformation.ts'
import { lambdaView } from './stacks/tagged-functions.ts'
import { taggingService } from './stacks/tagging.ts'
import type { Part } from './state/persistent.ts'
import { createFunctionKeys } from './sts/function-keys.ts'

/** The services of the account with all that they hold, and the handlers that they run. */
export interface Account {
  readonly services: Service[]
  readonly persistent: Part[]
  findSession: FindSession
  status(): Pick<SandboxStatus, 'functions' | 'environments'>
  kill: Executor['kill']
  /** Sends one event through a source that has the function or alias as a target; undefined if none has. */
  feed(source: string, target: string, content: string | undefined): Promise<Fed | undefined>
  /** Removes files that no record names, after the records are restored. */
  sweep(): Promise<void>
  /** Call this once the sandbox can be reached: warms provisioned environments, and runs the unfinished events. */
  resume(): void
  /**
   * Ends services with their handlers, puts empty ones in their places, and removes their files. The others go on.
   *
   * @param forget is called with the old and the new records; if it throws, all is kept as it is
   */
  renew(names: readonly PartName[], forget: Forget): Promise<void>
  /** Ends every handler; the last lines of their logs are in the records then. */
  close(): Promise<void>
}

/** Forgets kept records, and keeps others from now on. */
export type Forget = (before: readonly Part[], after: readonly Part[]) => void

/** An empty account, until its records are restored. */
export function openAccount(options: AccountOptions): Account {
  const delays = createDelays(options.faults, options.clock)
  const functionKeys = createFunctionKeys()
  const makers = partMakers(options, { delays, functionKeys, parts: () => parts })
  const parts = opened(makers)
  const all = (): Holder[] => partNames.map((name) => parts[name])
  // They hold nothing themselves.
  const view = lambdaView(() => parts.lambda.service.operations)
  const views = [cloudFormationService(view), taggingService(view)]
  return {
    get services() {
      return [...all().map(({ service }) => service), ...views]
    },
    get persistent() {
      return recordsOf(all())
    },
    findSession: (accessKey) => functionKeys.find(accessKey) ?? parts.sts.findSession(accessKey),
    status: () => ({
      functions: parts.lambda.functions(),
      environments: parts.lambda.executor.environments(),
    }),
    kill: (isMeant) => parts.lambda.executor.kill(isMeant),
    async feed(source, target, content) {
      const feeds = all().flatMap((part) => part.feeds?.[source] ?? [])
      for (const feed of feeds) {
        const fed = await feed(target, content)
        if (fed) return fed
      }
      return undefined
    },
    async sweep() {
      for (const part of all()) await part.sweep?.()
    },
    resume: () => parts.lambda.resume(),
    async renew(wanted, forget) {
      const names = partNames.filter((name) => wanted.includes(name))
      const before = names.map((name) => parts[name])
      const after = names.map((name) => [name, makers[name]()] as const)
      const made = after.map(([, part]) => part)
      await forgetAll(forget, before, made)
      try {
        await closeHolders(before)
      } finally {
        Object.assign(parts, Object.fromEntries(after))
        for (const name of names) await emptyFolder(options.directory, name)
      }
    },
    close: () => closeHolders(all()),
  }
}

type Makers = ReturnType<typeof partMakers>

function opened(makers: Makers): Parts {
  const parts = Object.entries(makers).map(([name, make]) => [name, make()])
  return Object.fromEntries(parts) as Parts
}

/** If the old records can't be forgotten, as on a full disk, the new services are of no use. */
async function forgetAll(forget: Forget, before: readonly Holder[], after: readonly Holder[]): Promise<void> {
  try {
    forget(recordsOf(before), recordsOf(after))
  } catch (error) {
    await closeHolders(after)
    throw error
  }
}

function recordsOf(holders: readonly Holder[]): Part[] {
  return holders.flatMap(({ persistent }) => persistent)
}

/** Closes the last one first. */
function closeHolders(holders: readonly Holder[]): Promise<void> {
  return closeAll(holders.map((holder) => () => holder.close?.()))
}

async function emptyFolder(directory: string, name: PartName): Promise<void> {
  const folder = folderOf[name]
  if (folder !== undefined) await rm(path.join(directory, folder), { recursive: true, force: true })
}
