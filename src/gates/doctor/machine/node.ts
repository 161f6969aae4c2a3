import type { Diagnosis } from '../diagnosis.ts'
import { nodeEnds, readOn } from './node-ends.ts'

/** The Node that runs lambdactl. */
export interface FoundNode {
  /** As in `24.11.1`. */
  version: string
  /** The versions that the package accepts, as in `>=22.13`. */
  accepted: string
}

/**
 * Checks that the package accepts this Node, and that it gets security fixes.
 *
 * @param now milliseconds since the epoch
 */
export function nodeDiagnosis({ version, accepted }: FoundNode, now: number): Diagnosis {
  const title = 'node'
  const next = ['Install Node 24 LTS: https://nodejs.org']
  const [, least = '0'] = /^>=\s*([\d.]+)$/.exec(accepted) ?? []
  if (isOlder(version, least)) {
    const detail = `this is Node ${version}, and lambdactl needs ${least} or newer`
    return { title, outcome: 'fail', detail, next }
  }
  const end = nodeEnds[Number.parseInt(version, 10)]
  if (end === undefined) {
    const detail = `${version}; not checked: its end is not in the schedule of ${readOn}`
    return { title, outcome: 'note', detail }
  }
  if (Date.parse(end) > now)
    return { title, outcome: 'pass', detail: `${version}, with security fixes until ${end}` }
  return {
    title,
    outcome: 'warn',
    detail: `${version} has had no security fix since ${end}`,
    why: 'The process holds credentials of AWS.',
    next,
  }
}

function isOlder(version: string, least: string): boolean {
  const [have, want] = [version, least].map((text) => text.split('.').map(Number))
  const at = want?.findIndex((part, index) => part !== (have?.[index] ?? 0)) ?? -1
  return at !== -1 && (have?.[at] ?? 0) < (want?.[at] ?? 0)
}
