import type { FunctionSettings } from '../../src/function/settings/settings.ts'
import { formatRecord, type Phase, type ReleaseRecord } from '../../src/release/values/record.ts'
import { rollBack } from '../../src/workflows/roll-back.ts'
import { readyFunction } from './fake-functions.ts'
import { start, target, type World, world } from './world.ts'

/** The versions that held 100% in these worlds, the last one first. */
export const three = ['3', '2', '1']

export function record(phase: Phase, held: string[]): ReleaseRecord {
  return { id: 'ours', strategy: 'canary', phase, step: 1, steps: 2, candidate: '4', held, since: start }
}

/** A world whose alias is somewhere, with a record or without. */
export function at(version: string, found?: ReleaseRecord, weight?: number): World {
  const made = world()
  for (const each of ['1', '2', '3', '4']) publish(made, each)
  made.aliases.byHand(target.lambdaName, {
    version,
    ...(weight === undefined ? {} : { weight: { version: '4', percent: weight } }),
    description: found ? formatRecord(found) : '',
  })
  return made
}

export function publish(made: World, version: string, changed: Partial<FunctionSettings> = {}) {
  const found = readyFunction(target.lambdaName)
  const settings = { ...found.settings, ...changed, description: `version ${version}` }
  made.functions.state.set(`${target.lambdaName}:${version}`, { ...found, version, settings })
}

export function back(made: World, to?: string, reason?: string) {
  return rollBack(made.run, target, { to, reason })
}
