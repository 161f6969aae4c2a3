import { isCode, LambdactlError } from '../../errors/error.ts'
import type { ListedTrigger } from '../../operation/triggers/listed.ts'
import { accountOf, isQueue, isStream, queueOf } from '../../operation/triggers/source-words.ts'
import type { Point, SeriesQuery } from '../../ports/metrics.ts'
import type { Run } from '../run/run.ts'

/** SQS tells the depth of a queue each minute, some minutes late; of an idle queue nothing after 6 hours. */
const recentMs = 15 * 60_000
const minuteMs = 60_000

interface FigureQuery extends SeriesQuery {
  uuid: string
  figure: 'waiting' | 'iteratorAgeMs'
}

/** Triggers with the latest queue depth or iterator age of mappings, and the reason if none could be read. */
interface WithFigures {
  triggers: ListedTrigger[]
  unknown?: string
}

/**
 * Adds the figures that SQS has, or else CloudWatch, to which nobody needs a permission on each queue; a list without
 * them is better than none.
 */
export async function withFigures(
  run: Run,
  { arn, lambdaName }: { arn: string; lambdaName: string },
  found: readonly ListedTrigger[],
): Promise<WithFigures> {
  const triggers = await Promise.all(found.map((trigger) => withDepth(run, trigger)))
  const { aws, clock } = run
  const queries = triggers.flatMap((trigger) => queriesFor({ lambdaName, account: accountOf(arn) }, trigger))
  if (queries.length === 0) return { triggers }
  const until = clock.now()
  const from = until - (until % minuteMs) - recentMs
  try {
    const read = await aws.metrics.series(queries, { from, until, periodMs: minuteMs })
    const figures = new Map(read.map(({ query, points }) => [query.uuid, figureOf(query, points)]))
    return { triggers: triggers.map((each) => ({ ...each, ...figures.get(each.uuid ?? '') })) }
  } catch (error) {
    requireRefusal(error)
    return { triggers, unknown: error.message }
  }
}

/** The depth of a queue as SQS tells it now; without the permission, or without the queue, the trigger as it was. */
async function withDepth({ aws }: Run, trigger: ListedTrigger): Promise<ListedTrigger> {
  const { sourceArn } = trigger
  if (trigger.kind !== 'mapping' || !isQueue({ source: sourceArn })) return trigger
  try {
    const queue = await aws.queues.queue(sourceArn ?? '')
    return queue ? { ...trigger, waiting: queue.waiting, inFlight: queue.inFlight } : trigger
  } catch (error) {
    requireRefusal(error)
    return trigger
  }
}

/** @throws the error itself, if it is an interrupt or none that AWS has caused */
function requireRefusal(error: unknown): asserts error is LambdactlError {
  if (isCode(error, 'INTERRUPTED') || !(error instanceof LambdactlError)) throw error
}

function queriesFor(
  { lambdaName, account }: { lambdaName: string; account: string },
  { uuid, sourceArn: source, qualifier, waiting }: ListedTrigger,
): FigureQuery[] {
  if (uuid === undefined || source === undefined || waiting !== undefined) return []
  const queue = queueOf({ source }, account)
  const statistic = 'Maximum'
  if (queue !== undefined) {
    const metric = 'ApproximateNumberOfMessagesVisible'
    return [{ uuid, figure: 'waiting', metric, of: { queue }, statistic }]
  }
  if (!isStream({ source })) return []
  const of = { function: lambdaName, ...(qualifier !== null && { qualifier }) }
  return [{ uuid, figure: 'iteratorAgeMs', metric: 'IteratorAge', of, statistic }]
}

/** Nothing if CloudWatch has no value: that is not 0. */
function figureOf({ figure }: FigureQuery, points: readonly Point[]): Partial<ListedTrigger> {
  const last = points.at(-1)
  return last ? { [figure]: last.value } : {}
}
