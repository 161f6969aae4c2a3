import type { Scaled, ScaledResource, Scaling } from '../../src/ports/concurrency.ts'
import type { Calls } from './calls.ts'

/** Application Auto Scaling, which changes no environments here. */
export function fakeScaling(calls: Calls): Scaling {
  const state = new Map<string, Scaled>()
  const keyOf = ({ lambdaName, qualifier }: ScaledResource) => `${lambdaName}:${qualifier}`
  const change = (name: string, resource: ScaledResource, to: (before: Scaled) => Scaled) =>
    calls.perform(`scaling.${name}`, () => {
      const none = { ...resource, min: 0, max: 0, policies: [], schedules: [], suspended: false }
      state.set(keyOf(resource), to(state.get(keyOf(resource)) ?? none))
    })
  return {
    scaled: () => calls.perform('scaling.scaled', () => [...state.values()]),
    register: (resource, { min, max }) => change('register', resource, (before) => ({ ...before, min, max })),
    track: (resource, policy) => change('track', resource, (before) => ({ ...before, policies: [policy] })),
    schedule: (resource, at) =>
      change('schedule', resource, (before) => ({
        ...before,
        schedules: [...before.schedules.filter(({ name }) => name !== at.name), at],
      })),
    unschedule: (resource, gone) =>
      change('unschedule', resource, (before) => ({
        ...before,
        schedules: before.schedules.filter(({ name }) => name !== gone),
      })),
    deregister: (resource) => calls.perform('scaling.deregister', () => void state.delete(keyOf(resource))),
  }
}
