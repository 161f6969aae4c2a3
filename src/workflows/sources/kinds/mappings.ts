import type { SourceMapping } from '../../../function/triggers/mapping.ts'
import { triggerTag } from '../../../function/triggers/marks.ts'
import type { QueueTrigger, StreamTrigger } from '../../../function/triggers/wanted.ts'
import { mappingWords } from '../../../operation/triggers/source-words.ts'
import { type MappingStep, planMappings } from '../../../operation/triggers/wanted/plan-mappings.ts'
import { awsCommand } from '../../run/run.ts'
import { settle } from '../../run/settle.ts'
import type { Findings, FoundSource, TriggerContext, TriggerProblem, TriggerWork } from '../context.ts'
import { untilAccepted } from '../until-accepted.ts'
import { queueSource } from './queues.ts'
import { streamSource } from './streams.ts'

export type MappingTrigger = QueueTrigger | StreamTrigger

type Wanted = MappingTrigger & { arn: string; source: string }

/** Compares event source mappings: of queues and streams. */
export async function compareMappings(
  context: TriggerContext,
  triggers: readonly MappingTrigger[],
): Promise<Findings> {
  const { run, target, isAliasThere } = context
  const sources = await Promise.all(triggers.map((trigger) => sourceOf(context, trigger)))
  const problems = sources.filter((source) => 'detail' in source)
  const wanted = triggers.flatMap((trigger, index) => {
    const source = sources[index]
    return source && 'arn' in source ? [{ ...trigger, source: source.arn, arn: source.arn }] : []
  })
  const found = isAliasThere ? await run.aws.sourceMappings.of(target.lambdaName, target.alias) : []
  // A source that can't be read may be that of a mapping: nothing is removed then.
  const { steps, foreign } = planMappings<Wanted>(wanted, found)
  const safe = problems.length === 0 ? steps : steps.filter(({ does }) => does !== 'remove')
  return {
    works: safe.map((step) => workOf(context, step, found)),
    problems: [...problems, ...twice(wanted), ...foreign.map((one) => madeByOthers(context, one))],
  }
}

function sourceOf(context: TriggerContext, trigger: MappingTrigger): Promise<FoundSource> {
  return trigger.kind === 'sqs' ? queueSource(context, trigger) : streamSource(context, trigger)
}

/** Two triggers of a source would be one mapping. */
function twice(wanted: readonly Wanted[]): TriggerProblem[] {
  return wanted.flatMap(({ name, source }, index) => {
    const first = wanted.slice(0, index).find((other) => other.source === source)
    if (!first) return []
    const detail = `${first.name} reads ${mappingWords({ source })} already, and a function has one mapping of a source`
    return [
      {
        trigger: name,
        detail,
        next: [`Leave one of the two out: triggers.${first.name}, triggers.${name}.`],
      },
    ]
  })
}

function madeByOthers(
  { target }: TriggerContext,
  { wanted, mapping }: { wanted: Wanted; mapping: SourceMapping },
): TriggerProblem {
  const { uuid, arn } = mapping
  const mark = ['--resource', arn, '--tags', `${triggerTag}=${wanted.name}`]
  return {
    trigger: wanted.name,
    detail: `a mapping of ${mappingWords(mapping)} to ${target.alias} is there that lambdactl did not make (${uuid})`,
    next: [
      `Take it over: ${awsCommand(target, 'lambda tag-resource', mark)}`,
      `Or remove it: ${awsCommand(target, 'lambda delete-event-source-mapping', ['--uuid', uuid])}`,
    ],
  }
}

function workOf(
  context: TriggerContext,
  step: MappingStep<Wanted>,
  found: readonly SourceMapping[],
): TriggerWork {
  return {
    differences: [step.difference],
    removes: step.does === 'remove',
    ...(step.does === 'remove' && { mapping: step.mapping.uuid }),
    apply: () => carryOut(context, step, found),
  }
}

async function carryOut(
  { run, target }: TriggerContext,
  step: MappingStep<Wanted>,
  found: readonly SourceMapping[],
): Promise<void> {
  const { sourceMappings } = run.aws
  const { lambdaName, alias } = target
  switch (step.does) {
    case 'create': {
      const { name: trigger, source, settings } = step.wanted
      const position =
        'startingPosition' in step.wanted ? { startingPosition: step.wanted.startingPosition } : {}
      const going = found.find((each) => each.source === source && each.state === 'Deleting')
      if (going) await untilGone(run, going)
      const isMade = async () =>
        (await sourceMappings.of(lambdaName, alias)).find(
          (each) => each.source === source && each.trigger === trigger,
        )
      await settle<unknown>(
        () => sourceMappings.create(lambdaName, alias, { source, trigger, settings, ...position }),
        isMade,
      )
      return
    }
    case 'change': {
      const { mapping, settings, wanted } = step
      if (mapping.trigger !== wanted.name) await sourceMappings.mark(mapping.arn, wanted.name)
      if (Object.keys(settings).length === 0) return
      await untilAccepted(run, mappingWords(mapping), () => sourceMappings.update(mapping.uuid, settings))
      return
    }
    case 'remove':
      await untilAccepted(run, mappingWords(step.mapping), () => sourceMappings.delete(step.mapping.uuid))
  }
}

/** Lambda makes no mapping of a source while it deletes another one. */
async function untilGone({ aws, clock }: TriggerContext['run'], mapping: SourceMapping): Promise<void> {
  await untilAccepted({ clock }, mappingWords(mapping), async () => {
    const now = await aws.triggers.mapping(mapping.uuid)
    return now === undefined
  })
}
