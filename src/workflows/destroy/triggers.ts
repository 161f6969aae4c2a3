import { asLambdactlError, LambdactlError } from '../../errors/error.ts'
import { sourceArn, type WantedTrigger } from '../../function/triggers/wanted.ts'
import { partitionOf } from '../../function/values/partition.ts'
import { awsCommand, type Run, type Target } from '../run/run.ts'
import { compareTriggers } from '../sources/compare.ts'

/** A trigger that lambdactl made for the alias. */
export interface OwnTrigger {
  /** Its name in the file of the deploy that made it. */
  name: string
  /** As in `SNS topic news`. */
  source: string
  /** The UUID of its event source mapping. */
  mapping?: string | undefined
  takeAway: () => Promise<void>
}

/** A state machine of the file: it stays, since its executions would end with it. */
export interface OwnMachine {
  name: string
  /** The command that takes it away, ready for a shell. */
  takeAway: string
}

/** The triggers of an alias that lambdactl made, by their permissions, tags and ids. Changes nothing. */
export async function ownTriggers(run: Run, target: Target): Promise<OwnTrigger[]> {
  const { works } = await compareTriggers(run, target, { triggers: [] }, true)
  return works.flatMap(({ differences, mapping, apply }) =>
    differences.map(({ field, from }) => {
      const name = field.slice('triggers.'.length)
      return { name, source: from, mapping, takeAway: () => apply().catch(failed(target, field)) }
    }),
  )
}

function failed({ lambdaName }: Target, field: string): (error: unknown) => never {
  return (error) => {
    const { code, message, next } = asLambdactlError(error)
    throw new LambdactlError(code, `${field} of ${lambdaName} could not be taken away. ${message}`, {
      next: [
        ...next,
        'The function is still there, and the command can be run again. Without the field `triggers` in the file it leaves the triggers where they are.',
      ],
      cause: error,
    })
  }
}

/** The state machines of the file that are there, and that lambdactl made. */
export async function ownMachines(
  run: Run,
  target: Target,
  triggers: readonly WantedTrigger[],
): Promise<OwnMachine[]> {
  const named = triggers.flatMap((one) => (one.kind === 'stepFunctions' ? [one.source] : []))
  if (named.length === 0) return []
  const [{ account }, region] = await Promise.all([run.aws.identity.caller(), run.aws.identity.region()])
  const place = { partition: partitionOf(region), region, account }
  const arns = named.map((source) => sourceArn(place, 'states', source, 'stateMachine:'))
  const found = await Promise.all(arns.map((arn) => run.aws.stateMachines.machine(arn)))
  return arns.flatMap((arn, index) => {
    if (found[index]?.trigger === undefined) return []
    const words = ['--state-machine-arn', arn]
    return [{ name: arn, takeAway: awsCommand(target, 'stepfunctions delete-state-machine', words) }]
  })
}
