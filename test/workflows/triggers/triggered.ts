import type { Mapping } from '../../../src/function/attachments/callers.ts'
import { canaryWorld } from '../canary.ts'
import { readyFunction } from '../fake-functions.ts'
import { target, type World } from '../world.ts'

/** A function with an alias, version 3, and one mapping for each state. */
export function triggered(states: Readonly<Record<string, Partial<Mapping> & { state: string }>>): World {
  const made = canaryWorld()
  const found = readyFunction(target.lambdaName)
  made.functions.state.set(target.lambdaName, found)
  made.functions.state.set(`${target.lambdaName}:3`, { ...found, version: '3' })
  for (const [uuid, mapping] of Object.entries(states)) {
    const source = `arn:aws:sqs:eu-west-1:123456789012:${uuid}`
    made.callers.mappings.set(uuid, { uuid, source, qualifier: undefined, ...mapping })
  }
  return made
}

/** The state of each mapping, by its id. */
export function statesOf({ callers }: World): Record<string, string> {
  return Object.fromEntries([...callers.mappings].map(([uuid, { state }]) => [uuid, state]))
}

/** Somebody else changes a mapping. */
export function byHand({ callers: { mappings } }: World, uuid: string, changed: Partial<Mapping>): void {
  const found = mappings.get(uuid)
  if (found) mappings.set(uuid, { ...found, ...changed })
}

export function warningsOf({ events }: World): string[] {
  return events.flatMap((event) => (event.event === 'warning' ? [event.text] : []))
}
