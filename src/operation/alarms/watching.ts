import { countedTraffic } from '../../release/values/alarms.ts'
import type { AlarmMetric, AlarmState } from '../../release/values/observed.ts'
import type { WatchedAlias } from './definitions.ts'

/** An alarm as far as its sight is concerned. */
export interface Sighted extends Pick<AlarmState, 'name' | 'arn' | 'metric' | 'metrics' | 'condition'> {
  /** The rule of a composite alarm. */
  rule?: string
  actionsAreOn: boolean
  actions: readonly string[]
}

/**
 * The part of a function's traffic that an alarm sees, and all that it can't see or do: `alias` exactly the alias's traffic, `function` that of
 * all versions, `elsewhere` another alias or a single version, `unknown` a metric that is not Lambda's.
 */
export interface Sight {
  sees: 'alias' | 'function' | 'elsewhere' | 'unknown'
  /** Sentences without a full stop. */
  blind: string[]
}

/** The alarms among all that watch a function, by their metrics; and composite alarms whose rules name those. */
export function alarmsOn<Alarm extends Sighted>(lambdaName: string, all: readonly Alarm[]): Alarm[] {
  const isOn = (alarm: Alarm) => lambdaMetrics(alarm).some(isOf(lambdaName))
  const direct = all.filter(isOn)
  const names = new Set(direct.flatMap(({ name, arn }) => [name, arn]))
  const composite = all.filter(
    ({ rule }) => rule !== undefined && namesIn(rule).some((name) => names.has(name)),
  )
  return [...direct, ...composite]
}

/** The sight of an alarm on an alias. */
export function sightOf(alarm: Sighted, watched: WatchedAlias): Sight {
  const metrics = lambdaMetrics(alarm).filter(isOf(watched.lambdaName))
  const sights = metrics.map((metric) => sightBy(metric, watched))
  // An expression sees the alias if one of its metrics does.
  const best = sights.find(({ sees }) => sees === 'alias') ?? sights[0] ?? { sees: 'unknown', blind: [] }
  return { sees: best.sees, blind: [...best.blind, ...unableTo(alarm)] }
}

function sightBy(metric: AlarmMetric, watched: WatchedAlias): Sight {
  const { lambdaName, alias } = watched
  const counted = countedTraffic(metric, watched)
  switch (counted.of) {
    case 'alias':
      return { sees: 'alias', blind: [] }
    case 'whole-function': {
      const both = 'it counts all versions and aliases together'
      return { sees: 'function', blind: [`${both}, so traffic past ${alias} hides or causes a fault`] }
    }
    case 'one-version': {
      const blind = [`it watches version ${counted.name} alone, and no other candidate`]
      return { sees: 'elsewhere', blind }
    }
    case 'other-function':
    case 'other-resource': {
      const blind = [`it watches ${counted.name}, and nothing of ${lambdaName}:${alias}`]
      return { sees: 'elsewhere', blind }
    }
    case 'unknown':
      return { sees: 'unknown', blind: [] }
  }
}

/** Whether an alarm carries out a scaling policy, as the two of each policy of target tracking do. */
export function isOfScaling({ actions }: Pick<Sighted, 'actions'>): boolean {
  return actions.some((arn) => /^arn:[^:]+:autoscaling:/.test(arn))
}

function unableTo({ condition, actionsAreOn, actions }: Sighted): string[] {
  return [
    ...(isOfScaling({ actions }) ? ['it scales provisioned environments: that it fires is no fault'] : []),
    ...(condition === 'INSUFFICIENT_DATA' ? ['it has no data'] : []),
    ...(actionsAreOn ? [] : ['its actions are switched off, so it informs nobody']),
    ...(actionsAreOn && actions.length === 0 ? ['it has no actions, so it informs nobody'] : []),
  ]
}

function lambdaMetrics({ metric, metrics = metric ? [metric] : [] }: Sighted): readonly AlarmMetric[] {
  return metrics.filter(({ namespace }) => namespace === 'AWS/Lambda')
}

function isOf(lambdaName: string): (metric: AlarmMetric) => boolean {
  return ({ dimensions }) => dimensions['FunctionName'] === lambdaName
}

/** The names or ARNs in `ALARM("one") OR OK(two)`. */
function namesIn(rule: string): string[] {
  return [
    ...rule.matchAll(/\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]+)"|'([^']+)'|([^\s"')]+))\s*\)/g),
  ].map(([, double, single, plain]) => double ?? single ?? plain ?? '')
}
