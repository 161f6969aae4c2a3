import { isCode, LambdactlError } from '../../errors/error.ts'
import type { ListedTrigger } from '../../operation/triggers/listed.ts'
import { accountOf, isStream, queueOf } from '../../operation/triggers/source-words.ts'
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

/** Adds the figures that CloudWatch has; a list without them is better than none. */
export async function withFigures(
  { aws, clock }: Run,
  { arn, lambdaName }: { arn: string; lambdaName: string },
  triggers: readonly ListedTrigger[],
): Promise<WithFigures> {
  const queries = triggers.flatMap((trigger) => queriesFor({ lambdaName, account: accountOf(arn) }, trigger))
  if (queries.length === 0) return { triggers: [...triggers] }
  const until = clock.now()
  const from = until - (until % minuteMs) - recentMs
  try {
    const read = await aws.metrics.series(queries, { from, until, periodMs: minuteMs })
    const figures = new Map(read.map(({ query, points }) => [query.uuid, figureOf(query, points)]))
    return { triggers: triggers.map((each) => ({ ...each, ...figures.get(each.uuid ?? '') })) }
  } catch (error) {
    if (isCode(error, 'INTERRUPTED') || !(error instanceof LambdactlError)) throw error
    return { triggers: [...triggers], unknown: error.message }
  }
}

function queriesFor(
  { lambdaName, account }: { lambdaName: string; account: string },
  { uuid, sourceArn: source, qualifier }: ListedTrigger,
): FigureQuery[] {
  if (uuid === undefined || source === undefined) return []
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
