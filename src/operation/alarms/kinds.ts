/** The alarms that lambdactl can make for an alias: by the names that `release.alarms` and the file's `alarms` use. */
const alarmKinds = ['errors', 'throttles', 'p99', 'iteratorAge', 'deadLetterErrors'] as const

export type AlarmKind = (typeof alarmKinds)[number]

/** A share of the invocations in percent. */
interface Percent {
  percent: number
}

/** The value from which each alarm fires: milliseconds for `p99` and `iteratorAge`, else a count in a minute. */
export interface AlarmLimits extends Partial<Record<Exclude<AlarmKind, 'errors'>, number>> {
  errors?: number | Percent
}

/** The alarms of a function as the file wants them. */
export interface WantedAlarms {
  limits: AlarmLimits
  /** ARNs: what an alarm does when it fires. */
  actions: readonly string[]
  /** ARNs: what it does when it is OK again. */
  okActions: readonly string[]
}

const endings: Readonly<Record<AlarmKind, string>> = {
  errors: 'errors',
  throttles: 'throttles',
  p99: 'p99',
  iteratorAge: 'iterator-age',
  deadLetterErrors: 'dead-letter-errors',
}

/** The name of an alarm in CloudWatch: `shop-checkout-prod-live-errors`. */
export function alarmName(of: { lambdaName: string; alias: string }, kind: AlarmKind): string {
  return `${of.lambdaName}-${of.alias}-${endings[kind]}`
}

/** The names of all alarms that lambdactl can make for an alias. */
export function alarmNames(of: { lambdaName: string; alias: string }): string[] {
  return alarmKinds.map((kind) => alarmName(of, kind))
}

/** The kinds that limits have, in the order of `alarmKinds`. */
export function kindsIn(limits: AlarmLimits): AlarmKind[] {
  return alarmKinds.filter((kind) => limits[kind] !== undefined)
}
