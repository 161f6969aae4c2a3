import { afterEach, beforeEach } from 'vitest'
import type { ResolvedFunction } from '../../../src/config/types.ts'
import { releaseFunction } from '../../../src/workflows/release-function.ts'
import { canary, deployed, type Service, service } from '../service.ts'
import { target, type World, world } from '../world.ts'

/** A function with a version that live serves and another one to release; new for each test. */
export let shop: Service
export let made: World

/** Makes them before each test of a file. */
export function useShop(): void {
  beforeEach(async () => {
    shop = await service()
    made = world()
    await deployed(made, shop)
    await shop.write('def handler(event, context):\n    return 2\n')
  })
  afterEach(() => shop[Symbol.asyncDispose]())
}

/** Puts an AWS in which nothing was deployed in the place of the one that a test found. */
export function emptyWorld(): void {
  made = world()
}

export function release(changed: Partial<typeof canary> = {}, fn: Partial<ResolvedFunction> = {}) {
  return releaseFunction(made.run, target, { ...shop.fn, ...fn }, { ...canary, ...changed })
}

/** Who has how many environments. */
export function environments(): Record<string, number> {
  return Object.fromEntries(made.provisioned.list().map(({ qualifier, requested }) => [qualifier, requested]))
}

/** The environments of a qualifier, ready before anything begins. */
export function provisioned(qualifier: string, amount: number): void {
  made.provisioned.give(qualifier, amount)
}

/** The events of environments, shifts and ends, in short. */
export const story = () =>
  made.events.flatMap((event) => {
    if (event.event === 'warming') return [`warming ${event.version} ${event.available}/${event.requested}`]
    if (event.event === 'cooled') return [`cooled ${event.version}`]
    if (event.event === 'shifted') return [`shifted ${event.weight?.percent ?? 100}`]
    return ['done', 'rolled-back'].includes(event.event) ? [event.event] : []
  })
