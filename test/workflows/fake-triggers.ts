import type { CallerUrl, Grant, Mapping } from '../../src/function/attachments/callers.ts'
import type { Triggers } from '../../src/ports/triggers.ts'
import type { Trigger } from '../../src/release/values/observed.ts'
import { awsError, type Calls } from './calls.ts'

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

/** Triggers in memory: a change of a mapping is made at once. */
export function fakeTriggers(calls: Calls, made: () => Made): Triggers {
  const change = (uuid: string, changed: Partial<Mapping>): boolean => {
    const { mappings } = made().callers
    const found = mappings.get(uuid)
    if (!found) throw awsError('NOT_FOUND', 'The resource you requested does not exist.')
    if (!found.state.endsWith('abled')) return false
    mappings.set(uuid, { ...found, ...changed })
    return true
  }
  return {
    list: () => calls.perform('triggers.list', () => made().triggers),
    mappings: (_, qualifiers) =>
      calls.perform('triggers.mappings', () =>
        [...made().callers.mappings.values()].filter(
          ({ qualifier }) => qualifiers?.includes(qualifier) !== false,
        ),
      ),
    mapping: (uuid) => calls.perform('triggers.mapping', () => made().callers.mappings.get(uuid)),
    grants: (_, qualifier) =>
      calls.perform('triggers.grants', () =>
        made().callers.grants.filter((grant) => grant.qualifier === qualifier),
      ),
    urls: () => calls.perform('triggers.urls', () => made().callers.urls),
    point: (_, uuid, qualifier) => calls.perform('triggers.point', () => change(uuid, { qualifier })),
    grant: (_, qualifier, grant) =>
      calls.perform('triggers.grant', () => {
        made().callers.grants.push({ isOfUrl: false, isPlain: true, ...grant, qualifier })
      }),
    revoke: (_, qualifier, statement) =>
      calls.perform('triggers.revoke', () => {
        const { grants } = made().callers
        const at = grants.findIndex((grant) => grant.qualifier === qualifier && grant.statement === statement)
        if (at !== -1) grants.splice(at, 1)
      }),
    enable: (uuid, isEnabled) =>
      calls.perform('triggers.enable', () => change(uuid, { state: isEnabled ? 'Enabled' : 'Disabled' })),
  }
}
