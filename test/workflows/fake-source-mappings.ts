import type { SourceMapping } from '../../src/function/triggers/mapping.ts'
import type { SourceMappings } from '../../src/ports/sources/source-mappings.ts'
import type { Calls } from './calls.ts'

/** Event source mappings of the file in memory: a change is made at once. */
export function fakeSourceMappings(calls: Calls): SourceMappings {
  const state = new Map<string, SourceMapping>()
  const changed = (uuid: string, changes: Partial<SourceMapping>) => {
    const found = state.get(uuid)
    if (found) state.set(uuid, { ...found, ...changes })
    return true
  }
  return {
    of: () => calls.perform('sourceMappings.of', () => [...state.values()]),
    create: (_name, _alias, { source, settings, trigger }) =>
      calls.perform('sourceMappings.create', () => {
        state.set(source, { uuid: source, arn: source, source, state: 'Enabled', settings, trigger })
      }),
    update: (uuid, settings) =>
      calls.perform('sourceMappings.update', () => {
        const found = state.get(uuid)
        return found ? changed(uuid, { settings: { ...found.settings, ...settings } }) : true
      }),
    delete: (uuid) =>
      calls.perform('sourceMappings.delete', () => {
        state.delete(uuid)
        return true
      }),
    mark: (arn, trigger) => calls.perform('sourceMappings.mark', () => void changed(arn, { trigger })),
  }
}
