/** The bounds of provisioned environments, with the share of them that is kept busy. */
export interface WantedScaling {
  /** Environments. */
  min: number
  /** Environments. */
  max: number
  /** 0 to 1. */
  utilization: number
  schedules: readonly WantedSchedule[]
}

export interface WantedSchedule {
  /** Without our prefix. */
  name: string
  /** `cron(…)`, `rate(…)` or `at(…)`. */
  schedule: string
  timezone?: string | undefined
  /** Environments. */
  min: number
  /** Environments. */
  max: number
}

/** The name of the scaling policy that lambdactl sets. */
export const policyName = 'lambdactl-utilization'

/** Scheduled actions of lambdactl's begin so; others are left alone. */
export const schedulePrefix = 'lambdactl-'

/** Tells whether all that scales an alias is lambdactl's; a scaling without a policy may be anybody's. */
export function isOwnScaling({ policies, schedules }: Named): boolean {
  return (
    policies.length > 0 &&
    policies.every(({ name }) => name === policyName) &&
    schedules.every(({ name }) => name.startsWith(schedulePrefix))
  )
}

interface Named {
  policies: readonly { name: string }[]
  schedules: readonly { name: string }[]
}

const words = /^(?<name>[\w-]+)\s+(?<min>\d+)-(?<max>\d+)\s+(?<schedule>(?:cron|rate|at)\(.+\))$/

/** Reads `morning 10-50 cron(0 7 ? * MON-FRI *)`; undefined for other text. */
export function parseSchedule(text: string, timezone: string | undefined): WantedSchedule | undefined {
  const { name, min, max, schedule } = words.exec(text.trim())?.groups ?? {}
  if (name === undefined || schedule === undefined || Number(min) > Number(max)) return undefined
  return {
    name,
    schedule,
    ...(timezone !== undefined && { timezone }),
    min: Number(min),
    max: Number(max),
  }
}

/** Writes a schedule as `parseSchedule` reads it. */
export function scheduleWords({ name, min, max, schedule }: WantedSchedule): string {
  return `${name} ${min}-${max} ${schedule}`
}

/** The schedules of ours that are there and not wanted any more, by their whole names. */
export function obsoleteSchedules(
  present: readonly { name: string }[],
  { schedules }: Pick<WantedScaling, 'schedules'>,
): string[] {
  const wanted = new Set(schedules.map(({ name }) => schedulePrefix + name))
  return present
    .map(({ name }) => name)
    .filter((name) => name.startsWith(schedulePrefix) && !wanted.has(name))
}

/** The environments that an alias begins with: as many as now, within the bounds. */
export function firstAmount(present: number, { min, max }: Pick<WantedScaling, 'min' | 'max'>): number {
  return Math.min(Math.max(present, min), max)
}
