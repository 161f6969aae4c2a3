import { partitionOf } from '../../../function/values/partition.ts'
import { KeptMap } from '../../state/kept-map.ts'

type Tags = Readonly<Record<string, string>>

/** A bus that somebody made; each Region has the bus `default` besides. All of it is JSON. */
export interface BusRecord {
  arn: string
  name: string
  region: string
  tags: Tags
  description?: string
  /** Milliseconds since the epoch. */
  created: number
}

/** A target of a rule, with the members of EventBridge's `Target` that the sandbox has. */
export interface RuleTarget {
  Id: string
  Arn: string
  RoleArn?: string
  Input?: string
  InputPath?: string
  InputTransformer?: { InputPathsMap?: Readonly<Record<string, string>>; InputTemplate: string }
  SqsParameters?: { MessageGroupId?: string }
  DeadLetterConfig?: { Arn?: string }
  RetryPolicy?: { MaximumRetryAttempts?: number; MaximumEventAgeInSeconds?: number }
}

/** A rule with its targets. All of it is JSON. */
export interface RuleRecord {
  arn: string
  name: string
  bus: string
  region: string
  account: string
  /** JSON. */
  pattern?: string
  /** `rate(…)` or `cron(…)`. */
  schedule?: string
  isEnabled: boolean
  description?: string
  roleArn?: string
  tags: Tags
  /** In the order in which they were put. */
  targets: readonly RuleTarget[]
  /** Rates count from here, milliseconds since the epoch. */
  since: number
}

/** The place of a bus: its Region and its account. */
export interface Place {
  region: string
  account: string
}

export const defaultBus = 'default'

/** All buses and rules, by their ARNs, kept on disk. */
export class RuleBook {
  readonly buses = new KeptMap<BusRecord>('event-bus')
  readonly rules = new KeptMap<RuleRecord>('event-rule')
  readonly persistent = [this.buses, this.rules]

  hasBus(place: Place, name: string): boolean {
    return name === defaultBus || this.buses.has(busArn(place, name))
  }

  rulesOf({ region }: Pick<Place, 'region'>, bus: string): RuleRecord[] {
    return [...this.rules.values()].filter((rule) => rule.region === region && rule.bus === bus)
  }
}

export function busArn({ region, account }: Place, name: string): string {
  return `arn:${partitionOf(region)}:events:${region}:${account}:event-bus/${name}`
}

export function ruleArn({ region, account }: Place, bus: string, name: string): string {
  const path = bus === defaultBus ? name : `${bus}/${name}`
  return `arn:${partitionOf(region)}:events:${region}:${account}:rule/${path}`
}
