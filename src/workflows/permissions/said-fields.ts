import type { FunctionFields } from '../../config/schema/function.ts'
import type { TriggerKind } from '../../function/triggers/wanted.ts'
import type { Field } from '../../operation/permissions/facts.ts'

/** The fields of a function in the file for which commands make calls that others do without. */
export function saidFields(said: FunctionFields): ReadonlySet<Field> {
  const { release = {} } = said
  const isSaid: Record<Field, boolean> = {
    tags: said.tags !== undefined,
    reservedConcurrency: said.reservedConcurrency !== undefined,
    provisionedConcurrency: said.provisionedConcurrency !== undefined,
    retries: [said.retries, said.maximumAge, said.onSuccess, said.onFailure].some((one) => one !== undefined),
    url: said.url !== undefined,
    recursion: said.recursion !== undefined,
    codeSigning: said.codeSigning !== undefined,
    runtimeUpdates: said.runtimeUpdates !== undefined,
    'logs.retention': said.logs?.retention !== undefined,
    vpc: said.vpc !== undefined,
    ...triggerFields(said),
    'release.alarms': (release.alarms ?? []).length > 0,
    'release.compare': Boolean(release.compare),
    'release.smoke': release.smoke !== undefined,
    'steps with invocations': /invocations/.test(JSON.stringify(release.steps ?? [])),
  }
  return new Set((Object.keys(isSaid) as Field[]).filter((field) => isSaid[field]))
}

function triggerFields({ triggers }: FunctionFields): Record<Extract<Field, `triggers${string}`>, boolean> {
  const has = (kind: TriggerKind) => Object.values(triggers ?? {}).some((one) => one !== null && kind in one)
  return {
    triggers: triggers !== undefined,
    'triggers.sqs': has('sqs'),
    'triggers.kinesis': has('kinesis'),
    'triggers.dynamodb': has('dynamodb'),
    'triggers.s3': has('s3'),
    'triggers.sns': has('sns'),
    'triggers.eventbridge': has('eventbridge'),
    'triggers.schedule': has('schedule'),
    'triggers.api': has('api'),
    'triggers.stepFunctions': has('stepFunctions'),
    'triggers.permission': has('permission'),
  }
}
