import type { Aws } from '../../src/ports/aws.ts'
import type { Calls } from './calls.ts'

type Sources = Pick<Aws, 'apis' | 'notifications' | 'rules' | 'stateMachines' | 'streams' | 'topics'>

/** An account without sources: tests over the sandbox have them. */
export function fakeSources(calls: Calls): Sources {
  const none = (name: string) => () => calls.perform(name, () => undefined)
  return {
    apis: {
      find: () => calls.perform('apis.find', () => []),
      routes: () => calls.perform('apis.routes', () => []),
      connect: none('apis.connect'),
      change: none('apis.change'),
      disconnect: none('apis.disconnect'),
    },
    notifications: {
      of: none('notifications.of'),
      change: () => calls.perform('notifications.change', () => 'made' as const),
    },
    rules: {
      isBusThere: () => calls.perform('rules.isBusThere', () => false),
      rule: none('rules.rule'),
      put: none('rules.put'),
      delete: none('rules.delete'),
    },
    stateMachines: {
      machine: none('stateMachines.machine'),
      create: none('stateMachines.create'),
      change: none('stateMachines.change'),
      mark: none('stateMachines.mark'),
    },
    streams: {
      isThere: () => calls.perform('streams.isThere', () => false),
      table: none('streams.table'),
    },
    topics: {
      isThere: () => calls.perform('topics.isThere', () => false),
      subscription: none('topics.subscription'),
      subscribe: none('topics.subscribe'),
      change: none('topics.change'),
      unsubscribe: none('topics.unsubscribe'),
    },
  }
}
