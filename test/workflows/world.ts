import { usualConfig } from '../../src/errors/next-step.ts'
import type { LogEvent } from '../../src/logs/model/event.ts'
import type { Concurrency, ProvisionedConcurrency } from '../../src/ports/concurrency.ts'
import type { LogQuery } from '../../src/ports/logs/log-events.ts'
import type { ComparedVersions, Point, SeriesQuery, SeriesSpan, Throttled } from '../../src/ports/metrics.ts'
import type { Queue } from '../../src/ports/sources/queues.ts'
import type { StackFunction } from '../../src/ports/stacks.ts'
import type { ReleaseEvent } from '../../src/release/history/event.ts'
import type { Minute, Traffic } from '../../src/release/plan/comparison.ts'
import type { AlarmCondition, AlarmState, Trigger } from '../../src/release/values/observed.ts'
import type { Run, Target } from '../../src/workflows/run/run.ts'
import type { OnInterrupt } from '../../src/workflows/watch/on-interrupt.ts'
import { awsError, type Calls, recordedCalls } from './calls.ts'
import { fakeAlarmSettings } from './fake-alarm-settings.ts'
import { type FakeAliases, fakeAliases } from './fake-aliases.ts'
import { type FakeArtifacts, fakeArtifacts } from './fake-artifacts.ts'
import { type FakeAttachments, fakeAttachments, fakeLogGroups } from './fake-attachments.ts'
import { type FakeClock, fakeClock } from './fake-clock.ts'
import { type FakeCommands, fakeCommands } from './fake-commands.ts'
import { type FakeFunctions, fakeFunctions } from './fake-functions.ts'
import { fakeIam } from './fake-iam.ts'
import { fakeJournal, type KeptEntry } from './fake-journal.ts'
import { fakeScaling } from './fake-scaling.ts'
import { fakeSourceMappings } from './fake-source-mappings.ts'
import { fakeSources } from './fake-sources.ts'
import { type FakeCallers, fakeTriggers } from './fake-triggers.ts'
import { type ProvisionedModel, provisionedModel } from './provisioned-model.ts'

/** When the world begins. */
export const start = Date.parse('2026-11-21T10:00:00.000Z')

export const target: Target = {
  environment: 'prod',
  function: 'checkout',
  lambdaName: 'shop-checkout-prod',
  alias: 'live',
}

/** The condition of an alarm from each time on, counted from the start; undefined: it does not exist. */
type AlarmScript = readonly (readonly [after: number, condition: AlarmCondition | undefined])[]

/** A page of the only log group. */
interface ScriptedPage {
  events: Omit<LogEvent, 'group'>[]
  next: string | undefined
}

/** A deterministic AWS in memory, with what a test scripts and looks at. */
export interface World {
  run: Run
  clock: FakeClock
  calls: Calls
  aliases: FakeAliases
  attachments: FakeAttachments
  /** Days that each log group keeps its events. */
  logGroups: Map<string, number | null>
  /** SSM parameters and secrets by name. */
  parameters: Map<string, string>
  secrets: Map<string, string>
  functions: FakeFunctions
  artifacts: FakeArtifacts
  commands: FakeCommands
  alarms: Record<string, AlarmScript>
  /** The functions of deployed stacks, by the stacks' names. */
  stacks: Map<string, StackFunction[]>
  /** By their ARNs. */
  queues: Map<string, Queue>
  triggers: Trigger[]
  /** All that `triggers list` reads. */
  callers: FakeCallers
  /** The counts of both versions in the minute that begins at a time; undefined: nothing was counted. */
  traffic: (minute: number) => { candidate: Traffic; stable: Traffic } | undefined
  /** The points of any other metric. */
  series: (query: SeriesQuery, span: SeriesSpan) => Point[]
  /** The requests that Lambda throttled, by minute. */
  throttled: Throttled[]
  journal: KeptEntry[]
  /** Pages of the log group, by the token that asks for them; '' is the first. */
  page: (since: number, next: string | undefined) => ScriptedPage
  concurrency: { reserved: number | undefined; provisioned: () => ProvisionedConcurrency[] }
  /** The model behind `concurrency.provisioned`, unless a test scripts that. */
  provisioned: ProvisionedModel
  events: ReleaseEvent[]
  interrupt: (onInterrupt?: OnInterrupt) => void
  /** Names of the calls that change something. */
  changes(): string[]
}

const reads =
  /\.(?:get|all|names|layerBytes|layerZip|describe|definition|list|versions|page|series|traffic|counts|throttles|reserved|provisioned|account|code|append|caller|read|since|retention|tags|recursion|codeSigning|runtimeUpdates|url|urls|grants|mapping|mappings|publicGrants|scaled|asyncInvocation|parameters|secret|queue)$/

export function world(): World {
  const clock = fakeClock(start)
  const calls = recordedCalls(clock)
  const aliases = fakeAliases(clock, calls)
  const attachments = fakeAttachments(calls)
  const logGroups = fakeLogGroups(calls)
  const functions = fakeFunctions(clock, calls)
  const artifacts = fakeArtifacts(clock, calls)
  const commands = fakeCommands(clock, () => aliases.updates.length > 0)
  const provisioned = provisionedModel(
    () => clock.now(),
    () => aliases.state.get(target.lambdaName),
  )
  aliases.provisioned = provisioned
  const controller = new AbortController()
  const events: ReleaseEvent[] = []
  const aws = {
    functions,
    artifacts,
    aliases,
    attachments,
    alarmSettings: fakeAlarmSettings(calls),
    logGroups,
    parameters: {
      parameters: (names: readonly string[]) =>
        calls.perform(
          'parameters.parameters',
          () =>
            new Map(
              [...made.parameters]
                .filter(([name]) => names.includes(name))
                .map(([name, value]) => [name, { value, isSecure: true }]),
            ),
        ),
      secret: (id: string) => calls.perform('parameters.secret', () => made.secrets.get(id)),
    },
    alarms: {
      describe: (names: readonly string[], prefixes: readonly string[] = []) =>
        calls.perform('alarms.describe', () =>
          Object.entries(made.alarms)
            .filter(([name]) => names.includes(name) || prefixes.some((prefix) => name.startsWith(prefix)))
            .flatMap(([name, script]) => alarmNow(name, script, clock.now())),
        ),
      definition: () => calls.perform('alarms.definition', () => undefined),
    },
    concurrency: fakeConcurrency(calls, () => made),
    killSwitch: fakeConcurrency(calls, () => made, 'killSwitch'),
    journal: fakeJournal(calls, () => made.journal),
    liveTails: { start: () => Promise.reject(new Error('no test of this world starts Live Tail')) },
    insights: {
      start: () => Promise.reject(new Error('no test of this world starts a query')),
      state: () => Promise.reject(new Error('no test of this world starts a query')),
      stop: () => Promise.reject(new Error('no test of this world starts a query')),
    },
    logEvents: {
      page: ({ group, since, next }: LogQuery) =>
        calls.perform('logEvents.page', () => {
          const page = made.page(since, next)
          return { ...page, events: page.events.map((event) => ({ group, ...event })) }
        }),
    },
    metrics: {
      series: <Query extends SeriesQuery>(queries: readonly Query[], span: SeriesSpan) =>
        calls.perform('metrics.series', () =>
          queries.map((query) => ({ query, points: made.series(query, span) })),
        ),
      traffic: (_: ComparedVersions, from: number, until: number) =>
        calls.perform('metrics.traffic', () => minutesOf(made, from, until)),
      counts: (_: ComparedVersions, from: number, until: number) =>
        calls.perform('metrics.counts', () => minutesOf(made, from, until)),
      throttles: (_: string, { from, until, periodMs }: { from: number; until: number; periodMs: number }) =>
        calls.perform('metrics.throttles', () => {
          const throttled = made.throttled.filter(({ time }) => time >= from && time < until)
          return throttled.map(({ time, count }) => ({ time: time - (time % periodMs), count }))
        }),
    },
    queues: { queue: (arn: string) => calls.perform('queues.queue', () => made.queues.get(arn)) },
    sourceMappings: fakeSourceMappings(calls),
    ...fakeSources(calls),
    scaling: fakeScaling(calls),
    ...fakeIam(calls),
    stacks: {
      functions: (stack: string) =>
        calls.perform('stacks.functions', () => {
          const found = made.stacks.get(stack)
          if (!found) throw awsError('NOT_FOUND', `The stack ${stack} does not exist here.`)
          return found
        }),
    },
    tags: {
      functions: (tags: Readonly<Record<string, string>>) =>
        calls.perform('tags.functions', () =>
          [...functions.state.values()].flatMap(({ name, tags: own = {} }) =>
            Object.entries(tags).every(([key, value]) => own[key] === value)
              ? [{ lambdaName: name, tags: own }]
              : [],
          ),
        ),
    },
    triggers: fakeTriggers(calls, () => made),
    versions: {
      delete: () => calls.perform('versions.delete', () => undefined),
      hasPolicy: () => calls.perform('versions.hasPolicy', () => false),
      mapped: () => calls.perform('versions.mapped', () => []),
      executing: () => calls.perform('versions.executing', () => []),
      codeStorage: () => calls.perform('versions.codeStorage', () => ({ bytes: 0, limitBytes: 0 })),
    },
  }
  const made: World = {
    run: {
      aws,
      clock,
      runCommand: commands.run,
      signal: controller.signal,
      config: usualConfig,
      emit: (event) => void events.push(event),
    },
    clock,
    calls,
    aliases,
    attachments,
    logGroups: logGroups.days,
    parameters: new Map(),
    secrets: new Map(),
    functions,
    artifacts,
    commands,
    alarms: {},
    stacks: new Map(),
    queues: new Map(),
    triggers: [],
    callers: { mappings: new Map(), grants: [], urls: [] },
    traffic: () => undefined,
    series: () => [],
    throttled: [],
    journal: [],
    page: () => ({ events: [], next: undefined }),
    concurrency: { reserved: undefined, provisioned: () => provisioned.list() },
    provisioned,
    events,
    interrupt: (onInterrupt = 'roll-back') => controller.abort(onInterrupt),
    changes: () => calls.made.map(({ name }) => name).filter((name) => !reads.test(name)),
  }
  return made
}

function alarmNow(name: string, script: AlarmScript, now: number): AlarmState[] {
  const [after, condition] = script.findLast(([from]) => start + from <= now) ?? [0, undefined]
  if (condition === undefined) return []
  const arn = `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:${name}`
  return [{ name, arn, condition, reason: `it is ${condition}`, since: start + after }]
}

function minutesOf({ traffic }: World, from: number, until: number): Minute[] {
  const count = Math.ceil((until - from) / 60_000)
  return Array.from({ length: count }, (_, index) => from + index * 60_000).flatMap((time) => {
    const counted = traffic(time)
    return counted ? [{ time, ...counted }] : []
  })
}

function fakeConcurrency(calls: Calls, made: () => World, port = 'concurrency'): Concurrency {
  return {
    reserved: () => calls.perform(`${port}.reserved`, () => made().concurrency.reserved),
    reserve: (_, amount) =>
      calls.perform(`${port}.reserve`, () => {
        made().concurrency.reserved = amount
        made().provisioned.reserved = amount
      }),
    unreserve: () =>
      calls.perform(`${port}.unreserve`, () => {
        made().concurrency.reserved = undefined
        made().provisioned.reserved = undefined
      }),
    provisioned: () => calls.perform(`${port}.provisioned`, () => made().concurrency.provisioned()),
    provision: (_, qualifier, amount) =>
      calls.perform(`${port}.provision`, () => made().provisioned.put(qualifier, amount)),
    unprovision: (_, qualifier) =>
      calls.perform(`${port}.unprovision`, () => made().provisioned.remove(qualifier)),
    account: () => calls.perform(`${port}.account`, () => ({ limit: 1000, unreserved: 900 })),
  }
}

/** The error that a workflow failed with. */
export async function failureOf(work: Promise<unknown>): Promise<Error> {
  try {
    await work
  } catch (error) {
    if (error instanceof Error) return error
    throw error
  }
  throw new Error('It did not fail.')
}
