import { LambdactlError } from '../../errors/error.ts'
import type { TrafficTarget } from '../../sandbox/own/invoke-function.ts'
import type { SandboxStatus } from '../../sandbox/own/status.ts'
import type { FoundKey } from '../sandbox-key/key-file.ts'
import { askOwn } from './ask-own.ts'

/** A function as a person names it in a sandbox. */
export interface NamedTarget {
  /** `NAME` or `NAME:ALIAS`, as in the sandbox. */
  text: string
  /** The Region; needed only if several have a function of that name. */
  region: string | undefined
  /** The command line as it was typed. */
  line: string
}

/** Finds a function in a sandbox. @throws LambdactlError NOT_FOUND, or USAGE if several Regions have it */
export async function targetIn(
  key: FoundKey,
  { text, region, line }: NamedTarget,
): Promise<{ target: TrafficTarget } & Pick<SandboxStatus, 'speed' | 'time'>> {
  const [name = '', qualifier] = text.split(':')
  const { functions, speed, time } = await askOwn<SandboxStatus>(key, {})
  const found = functions.filter((each) => each.name === name && (region ?? each.region) === each.region)
  const [first, second] = found
  if (!first) throw noFunction(name, functions)
  if (second) throw severalRegions(line, found)
  return { target: { region: first.region, name, qualifier }, speed, time }
}

type Functions = SandboxStatus['functions']

function noFunction(name: string, functions: Functions): LambdactlError {
  const names = functions
    .slice(0, 5)
    .map((each) => `Name one as the sandbox has it: ${each.name} (${each.region})`)
  return new LambdactlError('NOT_FOUND', `The sandbox has no function ${JSON.stringify(name)}.`, {
    next: functions.length === 0 ? ['Deploy one first: lambdactl deploy --env sandbox'] : names,
  })
}

function severalRegions(line: string, found: Functions): LambdactlError {
  const regions = found.map(({ region }) => region)
  return new LambdactlError('USAGE', `${regions.join(' and ')} have this function: name the Region.`, {
    next: regions.map((region) => `${line} --region ${region}`),
  })
}

/** The error for a sandbox that is gone in the midst of invocations. */
export function hasEnded({ port }: FoundKey, cause: unknown): LambdactlError {
  return new LambdactlError('UNREACHABLE', `The sandbox at port ${port} has ended meanwhile.`, {
    next: ['Start it again: lambdactl sandbox start --detach'],
    cause,
  })
}
