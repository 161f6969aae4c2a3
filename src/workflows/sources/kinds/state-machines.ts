import { triggerTag } from '../../../function/triggers/marks.ts'
import { aliasArn, type StateMachineTrigger, sourceArn } from '../../../function/triggers/wanted.ts'
import { alike } from '../../../function/values/alike.ts'
import { addition, change } from '../../../operation/triggers/wanted/difference.ts'
import type { StateMachine } from '../../../ports/sources/state-machines.ts'
import { awsCommand } from '../../run/run.ts'
import type { Findings, TriggerContext, TriggerProblem, TriggerWork } from '../context.ts'
import { nameIn } from '../words.ts'

/**
 * Compares state machines, which invoke the alias by their own role. One that leaves the file stays: its executions
 * would end with it.
 */
export async function compareStateMachines(
  context: TriggerContext,
  triggers: readonly StateMachineTrigger[],
): Promise<Findings> {
  const found = await Promise.all(triggers.map((trigger) => look(context, trigger)))
  return {
    works: found.flatMap((one) => ('detail' in one ? [] : one)),
    problems: found.flatMap((one) => ('detail' in one ? [one] : [])),
  }
}

async function look(
  context: TriggerContext,
  trigger: StateMachineTrigger,
): Promise<TriggerWork[] | TriggerProblem> {
  const { run, place } = context
  const { stateMachines } = run.aws
  const { name, role } = trigger
  const arn = sourceArn(place, 'states', trigger.source, 'stateMachine:')
  const definition = trigger.definition.replaceAll('${alias}', aliasArn(place))
  const present = await stateMachines.machine(arn)
  if (present && present.trigger === undefined) return foreign(context, trigger, arn)
  const to = `state machine ${nameIn(arn)}`
  const work = (apply: () => Promise<void>, from?: string): TriggerWork[] => [
    {
      differences: [from === undefined ? addition(name, to) : change(name, from, to)],
      removes: false,
      apply,
    },
  ]
  if (!present) return work(() => stateMachines.create(arn, { definition, role, trigger: name }))
  const differs = [
    ...(isSameDefinition(present, definition) ? [] : ['another definition']),
    ...(present.role === role ? [] : [`role ${present.role}`]),
    ...(present.trigger === name ? [] : [`as ${present.trigger}`]),
  ]
  if (differs.length === 0) return []
  return work(
    async () => {
      if (present.trigger !== name) await stateMachines.mark(arn, name)
      await stateMachines.change(arn, { definition, role })
    },
    `${to}, ${differs.join(', ')}`,
  )
}

function isSameDefinition({ definition }: StateMachine, wanted: string): boolean {
  return alike(JSON.parse(definition), JSON.parse(wanted))
}

function foreign({ target }: TriggerContext, { name }: StateMachineTrigger, arn: string): TriggerProblem {
  const tag = ['--resource-arn', arn, '--tags', `key=${triggerTag},value=${name}`]
  return {
    trigger: name,
    detail: `the state machine ${nameIn(arn)} is there, and lambdactl did not make it`,
    next: [
      `Take it over, whatever its definition is: ${awsCommand(target, 'stepfunctions tag-resource', tag)}`,
      `Or give the one of the file another name: triggers.${name}.stepFunctions`,
    ],
  }
}
