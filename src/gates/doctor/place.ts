import type { Diagnosis } from './diagnosis.ts'
import type { FoundNode } from './machine/node.ts'

/** The place where a command acts. */
export interface FoundPlace {
  environment: string
  region?: string | undefined
  /** The source of a Region that neither the file nor a flag names, usually a variable. */
  from?: string | undefined
  endpoint?: string | undefined
  /** How far this machine's clock is ahead of AWS's, milliseconds, by the answers until now. */
  skewMs?: () => number
  node: FoundNode
}

/** Tells the Region, and warns if the environment leaves it to the shell. */
export function regionDiagnosis(
  { environment, region, from, endpoint }: Omit<FoundPlace, 'node'>,
  configName: string,
): Diagnosis {
  const title = 'region'
  if (region === undefined)
    return { title, outcome: 'fail', detail: `no Region is named for ${environment}`, code: 'USAGE' }
  const where = endpoint === undefined ? '' : ` at ${endpoint}`
  if (from === undefined) return { title, outcome: 'pass', detail: `${region}${where}` }
  return {
    title,
    outcome: 'warn',
    detail: `${region}${where} comes from ${from}`,
    why: 'In another shell the same command acts in another Region.',
    mends: [
      {
        where: `In ${configName}`,
        language: 'yaml',
        text: `environments:\n  ${environment}:\n    region: ${region}`,
      },
    ],
  }
}
