/** The state of one policy of target tracking. */
export interface Tracked {
  /** Whether its alarms fire. */
  high: boolean
  low: boolean
  /** False if the policy never takes environments away. */
  scalesIn: boolean
  /** The newest value of the metric; undefined without data. */
  value: number | undefined
  target: number
}

/**
 * The environments that policies of one target want now. Any policy adds environments; all of those that take some away
 * have to agree.
 *
 * @param present the environments now
 */
export function wantedBy(policies: readonly Tracked[], present: number): number {
  const wants = policies.filter(({ high }) => high).map((policy) => proportional(policy, present))
  if (wants.length > 0) return Math.max(present, ...wants)
  const both = policies.filter(({ scalesIn }) => scalesIn)
  if (both.length === 0 || !both.every(({ low }) => low)) return present
  return Math.min(present, Math.max(...both.map((policy) => proportional(policy, present))))
}

/** As many environments as would bring the metric to its target. */
function proportional({ value, target }: Tracked, present: number): number {
  if (value === undefined) return present
  // 1.1 times 10 is a bit more than 11 for a computer.
  return Math.ceil(Number(((present * value) / target).toPrecision(12)))
}
