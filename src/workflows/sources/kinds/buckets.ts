import { LambdactlError } from '../../../errors/error.ts'
import { ownId, triggerIn } from '../../../function/triggers/marks.ts'
import { aliasArn, type BucketTrigger } from '../../../function/triggers/wanted.ts'
import type { Notification } from '../../../ports/sources/notifications.ts'
import { awsCommand } from '../../run/run.ts'
import type { TriggerContext, TriggerProblem } from '../context.ts'
import type { GrantedKind, Looked } from '../granted.ts'
import { untilAccepted } from '../until-accepted.ts'
import { sourceMissing } from '../words.ts'

/** Notifications of S3, which are known by their ids. */
export const bucketKind: GrantedKind<BucketTrigger> = {
  kinds: ['s3'],
  look,
  async takeAway(context, { grant, trigger }) {
    const bucket = grant.sourceArn?.split(':').at(-1)
    if (bucket === undefined) return
    const present = await context.run.aws.notifications.of(bucket)
    const id = ownId(context.place, trigger)
    if (present?.some((one) => one.id === id)) await write(context, bucket, { put: [], remove: [id] })
  },
}

async function look(context: TriggerContext, trigger: BucketTrigger): Promise<Looked | TriggerProblem> {
  const { run, target, place, triggers } = context
  const { source: bucket, name } = trigger
  const present = await run.aws.notifications.of(bucket)
  if (!present) {
    const where =
      place.region === 'us-east-1'
        ? []
        : ['--create-bucket-configuration', `LocationConstraint=${place.region}`]
    const make = awsCommand(target, 's3api create-bucket', ['--bucket', bucket, ...where])
    return sourceMissing(name, `bucket ${bucket}`, make)
  }
  const wanted = notificationOf(context, trigger)
  const theirs = present.find(
    (one) =>
      one.invokes === wanted.invokes && triggerIn(place, one.id) === undefined && overlaps(one, wanted),
  )
  if (theirs) return foreign(context, trigger, theirs)
  const now = present.find(({ id }) => id === wanted.id)
  const names = new Set(triggers.map((one) => one.name))
  // A trigger with another name may have the same prefix, which S3 takes only once.
  const gone = present.flatMap(({ id }) => {
    const owner = triggerIn(place, id)
    return owner === undefined || names.has(owner) ? [] : [id]
  })
  return {
    grant: {
      principal: 's3.amazonaws.com',
      sourceArn: `arn:${place.partition}:s3:::${bucket}`,
      sourceAccount: place.account,
    },
    now: now && words(bucket, now),
    isSame: now !== undefined && isSame(now, wanted),
    to: words(bucket, wanted),
    set: () => write(context, bucket, { put: [wanted], remove: gone }),
  }
}

function notificationOf(
  { place }: TriggerContext,
  { name, events, prefix, suffix }: BucketTrigger,
): Notification {
  return { id: ownId(place, name), invokes: aliasArn(place), events, prefix, suffix }
}

function isSame(one: Notification, other: Notification): boolean {
  return comparable(one) === comparable(other)
}

function comparable({ invokes, events, prefix, suffix }: Notification): string {
  return JSON.stringify([invokes, [...events].toSorted(), prefix, suffix])
}

/** Whether an object may be told of by both, as far as their events and prefixes tell. */
function overlaps(one: Notification, other: Notification): boolean {
  const sameEvent = one.events.some((event) =>
    other.events.some((each) => each === event || covers(each, event) || covers(event, each)),
  )
  return sameEvent && (one.prefix.startsWith(other.prefix) || other.prefix.startsWith(one.prefix))
}

function covers(pattern: string, event: string): boolean {
  return pattern.endsWith('*') && event.startsWith(pattern.slice(0, -1))
}

type Changes = { put: readonly Notification[]; remove: readonly string[] }

/** Writes until S3 sees the permission, and until nobody else wrote at the same time. */
async function write(
  { run, target, place }: TriggerContext,
  bucket: string,
  changes: Changes,
): Promise<void> {
  let overtaken = 0
  await untilAccepted(run, `S3 bucket ${bucket}`, async () => {
    const done = await run.aws.notifications.change(bucket, changes, place.account)
    if (done === 'overtaken' && (overtaken += 1) === 5) throw racing(bucket, target.lambdaName)
    return done === 'made'
  })
}

function racing(bucket: string, lambdaName: string): LambdactlError {
  const what = `Something else writes the notifications of bucket ${bucket} all the time, and took those of ${lambdaName} away five times.`
  return new LambdactlError('CONFLICT', what, {
    next: ['Hold the other tool, or have it keep the entries that begin with lambdactl/.'],
  })
}

function words(bucket: string, { events, prefix, suffix }: Notification): string {
  return [
    `S3 bucket ${bucket}`,
    [...events].toSorted().join(' '),
    ...(prefix === '' ? [] : [`prefix ${prefix}`]),
    ...(suffix === '' ? [] : [`suffix ${suffix}`]),
  ].join(', ')
}

function foreign(
  { place, target }: TriggerContext,
  { name, source }: BucketTrigger,
  theirs: Notification,
): TriggerProblem {
  const see = awsCommand(target, 's3api get-bucket-notification-configuration', ['--bucket', source])
  return {
    trigger: name,
    detail: `a notification of bucket ${source} to ${place.alias} is there that lambdactl did not make, for the same objects (${theirs.id})`,
    next: [`See it, and remove it with the tool that made it: ${see}`],
  }
}
