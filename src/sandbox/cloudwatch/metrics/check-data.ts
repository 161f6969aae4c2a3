import type { MetricDatum } from '@aws-sdk/client-cloudwatch'
import { invalidCombination, invalidValue, missingParameter } from '../query/errors.ts'

const hour = 3_600_000

/** In the order of CloudWatch's message. */
const units =
  'Seconds, Microseconds, Milliseconds, Bytes, Kilobytes, Megabytes, Gigabytes, Terabytes, Bits, Kilobits, Megabits, Gigabits, Terabits, Percent, Count, Bytes/Second, Kilobytes/Second, Megabytes/Second, Gigabytes/Second, Terabytes/Second, Bits/Second, Kilobits/Second, Megabits/Second, Gigabits/Second, Terabits/Second, Count/Second, None'

/**
 * Checks the data of PutMetricData.
 *
 * @param now milliseconds since the epoch
 * @throws ServiceError 400; one that names each wrong value
 */
export function checkData(namespace: string, data: readonly MetricDatum[], now: number): void {
  const named = data.map((datum, index) => ({ datum, path: `MetricData.member.${index + 1}` }))
  for (const { datum, path } of named) checkGiven(datum, path)
  const wrong = [
    ...tooLong('Namespace', namespace, 255),
    ...named.flatMap(({ datum, path }) => [...wrongValues(datum, path), ...wrongTime(datum, path, now)]),
  ]
  if (wrong.length > 0) throw invalidValue(wrong.join('\n'))
}

/** AWS takes Values beside StatisticValues, but Value alone only. */
function checkGiven(datum: MetricDatum, path: string): void {
  if (!datum.MetricName) throw missingParameter(`${path}.MetricName`)
  const others = (['Values', 'StatisticValues'] as const).filter((name) => datum[name] !== undefined)
  if (datum.Value !== undefined && others[0] !== undefined) {
    throw invalidCombination(
      `The parameters ${path}.Value and ${path}.${others[0]} are mutually exclusive and you have specified both.`,
    )
  }
  if (datum.Value === undefined && others.length === 0) {
    throw invalidCombination(
      `At least one of the parameters ${path}.Value and ${path}.StatisticValues must be specified.`,
    )
  }
}

function wrongValues(datum: MetricDatum, path: string): string[] {
  const { MetricName = '', Unit, Values, Counts, StorageResolution, Dimensions = [] } = datum
  return [
    ...tooLong(`${path}.MetricName`, MetricName, 255),
    ...(Dimensions.length > 30
      ? [`The collection ${path}.Dimensions must not have a size greater than 30.`]
      : []),
    ...Dimensions.flatMap(({ Name = '', Value = '' }, index) => [
      ...tooLong(`${path}.Dimensions.member.${index + 1}.Name`, Name, 255),
      ...tooLong(`${path}.Dimensions.member.${index + 1}.Value`, Value, 1024),
    ]),
    ...(Counts && Counts.length !== Values?.length
      ? [`The parameters ${path}.Values and ${path}.Counts must be of the same size.`]
      : []),
    ...(Unit !== undefined && !units.split(', ').includes(Unit)
      ? [`The parameter ${path}.Unit must be a value in the set [ ${units} ].`]
      : []),
    ...(StorageResolution !== undefined && ![1, 60].includes(StorageResolution)
      ? [`The parameter ${path}.StorageResolution must be 1 or 60.`]
      : []),
  ]
}

function tooLong(parameter: string, text: string, most: number): string[] {
  return text.length > most ? [`The parameter ${parameter} must be shorter than ${most + 1} characters.`] : []
}

/** CloudWatch accepts data from two weeks ago until two hours ahead. */
function wrongTime({ Timestamp }: MetricDatum, path: string, now: number): string[] {
  const ahead = (Timestamp?.getTime() ?? now) - now
  if (ahead > 2 * hour) {
    return [`The parameter ${path}.Timestamp must specify a time no more than two hours in the future.`]
  }
  return ahead < -14 * 24 * hour
    ? [`The parameter ${path}.Timestamp must specify a time within the past two weeks.`]
    : []
}
