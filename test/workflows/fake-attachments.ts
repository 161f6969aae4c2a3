import type {
  AsyncInvocation,
  FunctionUrl,
  RuntimeUpdates,
} from '../../src/function/attachments/attachments.ts'
import type { Attachments } from '../../src/ports/attachments.ts'
import type { LogGroups } from '../../src/ports/logs/log-groups.ts'
import type { Calls } from './calls.ts'

/** The attachments of the one function and its alias. */
export interface FakeAttachments extends Attachments {
  state: {
    async: AsyncInvocation | undefined
    url: FunctionUrl | undefined
    grants: { complete: boolean; ours: boolean }
    tags: Record<string, string>
    recursion: 'allow' | 'terminate'
    codeSigning: string
    /** By version; what isn't there is `auto`. */
    runtimeUpdates: Record<string, RuntimeUpdates>
  }
}

export function fakeAttachments(calls: Calls): FakeAttachments {
  const state: FakeAttachments['state'] = {
    async: undefined,
    url: undefined,
    grants: { complete: false, ours: false },
    tags: {},
    recursion: 'terminate',
    codeSigning: '',
    runtimeUpdates: {},
  }
  const perform = <Answer>(name: string, effect: () => Answer) => calls.perform(`attachments.${name}`, effect)
  return {
    state,
    asyncInvocation: () => perform('asyncInvocation', () => state.async),
    setAsyncInvocation: (_, __, settings) =>
      perform('setAsyncInvocation', () => void (state.async = settings)),
    url: () => perform('url', () => state.url),
    createUrl: (_, __, url) => perform('createUrl', () => void (state.url = url)),
    updateUrl: (_, __, url) => perform('updateUrl', () => void (state.url = url)),
    deleteUrl: () => perform('deleteUrl', () => void (state.url = undefined)),
    publicGrants: () => perform('publicGrants', () => ({ ...state.grants })),
    makePublic: () => perform('makePublic', () => void (state.grants = { complete: true, ours: true })),
    makePrivate: () => perform('makePrivate', () => void (state.grants = { complete: false, ours: false })),
    tags: () => perform('tags', () => ({ ...state.tags })),
    tag: (_, tags) => perform('tag', () => void Object.assign(state.tags, tags)),
    untag: (_, names) =>
      perform('untag', () => {
        for (const name of names) delete state.tags[name]
      }),
    recursion: () => perform('recursion', () => state.recursion),
    setRecursion: (_, loops) => perform('setRecursion', () => void (state.recursion = loops)),
    codeSigning: () => perform('codeSigning', () => state.codeSigning),
    setCodeSigning: (_, arn) => perform('setCodeSigning', () => void (state.codeSigning = arn)),
    runtimeUpdates: (_, version) =>
      perform('runtimeUpdates', () => state.runtimeUpdates[version] ?? { on: 'auto', version: '' }),
    setRuntimeUpdates: (_, version, updates) =>
      perform('setRuntimeUpdates', () => void (state.runtimeUpdates[version] = updates)),
  }
}

/** Log groups by name, with the days that they keep their events. */
export function fakeLogGroups(calls: Calls): LogGroups & { days: Map<string, number | null> } {
  const days = new Map<string, number | null>()
  return {
    days,
    retention: (group) => calls.perform('logGroups.retention', () => days.get(group)),
    create: (group) => calls.perform('logGroups.create', () => void days.set(group, null)),
    delete: (group) => calls.perform('logGroups.delete', () => void days.delete(group)),
    keep: (group, kept) => calls.perform('logGroups.keep', () => void days.set(group, kept)),
  }
}
