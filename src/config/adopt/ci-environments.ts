import { isLoopbackHost } from '../../errors/loopback.ts'
import type { Config } from '../service/config.ts'
import { isAbsent } from '../service/managed.ts'

/** An environment as a pipeline names it. */
export interface CiEnvironment {
  name: string
  region: string
  /** Whether the file has it; if not, a person has to add it before the pipeline runs. */
  isKnown: boolean
}

const prodNames = ['prod', 'production', 'live']
const stagingNames = ['staging', 'stage', 'test', 'dev']

/**
 * Chooses the two environments of a pipeline, and leaves out those on this machine. The first protected one gets what
 * the first other one has tried; names decide if none is protected.
 */
export function ciEnvironments({ environments }: Pick<Config, 'environments'>): {
  staging: CiEnvironment
  prod: CiEnvironment
} {
  const all = Object.entries(environments).filter(([, { endpoint }]) => !isHere(endpoint))
  const names = all.map(([name]) => name)
  const prod =
    all.find(([, fields]) => fields.protected)?.[0] ?? prodNames.find((name) => names.includes(name))
  const others = names.filter((name) => name !== prod)
  const staging = stagingNames.find((name) => others.includes(name)) ?? others[0]
  const region = Object.values(environments).find((fields) => fields.region)?.region ?? 'us-east-1'
  const named = (name: string | undefined, usual: string): CiEnvironment => ({
    name: name ?? usual,
    region: (name === undefined ? undefined : environments[name]?.region) ?? region,
    isKnown: name !== undefined,
  })
  return { staging: named(staging, 'staging'), prod: named(prod, 'prod') }
}

/** The functions that a pipeline takes from staging to prod, and those that only prod has. */
export function ciFunctions(
  { functions, environments }: Pick<Config, 'functions' | 'environments'>,
  { staging, prod }: ReturnType<typeof ciEnvironments>,
): { promoted: string[]; onlyInProd: string[] } {
  const inProd = Object.keys(functions).filter((name) => !isAbsent({ environments }, prod.name, name))
  const isStaged = (name: string) => !isAbsent({ environments }, staging.name, name)
  return { promoted: inProd.filter(isStaged), onlyInProd: inProd.filter((name) => !isStaged(name)) }
}

function isHere(endpoint: string | undefined): boolean {
  return endpoint !== undefined && isLoopbackHost(new URL(endpoint).hostname)
}
