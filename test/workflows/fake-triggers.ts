import type { CallerUrl, Grant, Mapping } from '../../src/function/attachments/callers.ts'
import type { Triggers } from '../../src/ports/triggers.ts'
import type { Trigger } from '../../src/release/values/observed.ts'
import type { Calls } from './calls.ts'

/** The callers of the only function. */
export interface FakeCallers {
  /** By id. */
  mappings: Map<string, Mapping>
  grants: Grant[]
  urls: CallerUrl[]
}

interface Made {
  triggers: Trigger[]
  callers: FakeCallers
}

/** Triggers in memory. */
export function fakeTriggers(calls: Calls, made: () => Made): Triggers {
  return {
    list: () => calls.perform('triggers.list', () => made().triggers),
    mappings: () => calls.perform('triggers.mappings', () => [...made().callers.mappings.values()]),
    grants: (_, qualifier) =>
      calls.perform('triggers.grants', () =>
        made().callers.grants.filter((grant) => grant.qualifier === qualifier),
      ),
    urls: () => calls.perform('triggers.urls', () => made().callers.urls),
  }
}
