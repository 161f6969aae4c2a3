import type {
  DeleteMetricFilterRequest,
  DescribeMetricFiltersRequest,
  DescribeMetricFiltersResponse,
  MetricTransformation,
  PutMetricFilterRequest,
  TestMetricFilterRequest,
  TestMetricFilterResponse,
} from '@aws-sdk/client-cloudwatch-logs'
import { notImplemented } from '../../protocol/accepting.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import { brokenRule, ServiceError } from '../../protocol/service-error.ts'
import { invalidParameter, limitExceeded } from '../errors.ts'
import type { LogStore } from '../log-store.ts'
import { checkGroupName } from '../names.ts'
import { describePage } from '../paging.ts'
import { parsePattern } from '../patterns/filter-pattern.ts'
import type { FilterBook, NamedFilter } from './filter-book.ts'

/** A metric filter of a group. */
export interface MetricFilterRecord extends NamedFilter {
  created: number
  pattern: string
  transformation: MetricTransformation
}

const mostOfGroup = 100

/** The metric filters of a Region's groups. */
export function metricFilterOperations(
  store: LogStore,
  filters: FilterBook<MetricFilterRecord>,
  clock: () => number,
): Operations {
  return {
    PutMetricFilter(input: PutMetricFilterRequest, { region }: Call): object {
      const name = input.filterName ?? ''
      if (input.fieldSelectionCriteria ?? input.emitSystemFieldDimensions)
        throw notImplemented('metric filters with system fields')
      if (input.applyOnTransformedLogs) throw notImplemented('transformed logs (applyOnTransformedLogs)')
      parsePattern(input.filterPattern ?? '')
      const transformation = transformationOf(input.metricTransformations)
      const group = store.group(checkGroupName(input.logGroupName))
      const others = filters.of(group).filter((other) => other.name !== name)
      if (others.length >= mostOfGroup) throw limitExceeded()
      const pattern = input.filterPattern ?? ''
      filters.put({ region, groupName: group.name, name, created: clock(), pattern, transformation })
      return {}
    },
    DeleteMetricFilter(input: DeleteMetricFilterRequest, { region }: Call): object {
      const name = input.filterName ?? ''
      const group = store.group(checkGroupName(input.logGroupName))
      if (filters.remove({ region, groupName: group.name, name })) return {}
      const message = 'The specified metric filter does not exist.'
      throw new ServiceError('ResourceNotFoundException', 400, message)
    },
    DescribeMetricFilters: (input: DescribeMetricFiltersRequest, call: Call) =>
      describe(store, filters, input, call),
    TestMetricFilter({
      filterPattern,
      logEventMessages = [],
    }: TestMetricFilterRequest): TestMetricFilterResponse {
      const pattern = parsePattern(filterPattern ?? '')
      return {
        matches: logEventMessages.flatMap((eventMessage, index) =>
          pattern.matches(eventMessage)
            ? [{ eventNumber: index + 1, eventMessage, extractedValues: pattern.values(eventMessage) }]
            : [],
        ),
      }
    },
  }
}

function describe(
  store: LogStore,
  filters: FilterBook<MetricFilterRecord>,
  input: DescribeMetricFiltersRequest,
  { region }: Call,
): DescribeMetricFiltersResponse {
  const { logGroupName, filterNamePrefix, metricName, metricNamespace } = input
  const group = logGroupName === undefined ? undefined : store.group(checkGroupName(logGroupName))
  const found = (group ? filters.of(group) : filters.inRegion(region))
    .filter(({ name }) => name.startsWith(filterNamePrefix ?? ''))
    .filter(({ transformation }) => metricName === undefined || transformation.metricName === metricName)
    .filter(
      ({ transformation }) =>
        metricNamespace === undefined || transformation.metricNamespace === metricNamespace,
    )
  const { page, ...token } = describePage(found, ({ groupName, name }) => `${name}\n${groupName}`, input)
  const metricFilters = page.map(({ name, groupName, created, pattern, transformation }) => ({
    filterName: name,
    filterPattern: pattern,
    metricTransformations: [transformation],
    creationTime: created,
    logGroupName: groupName,
    applyOnTransformedLogs: false,
  }))
  return { metricFilters, ...token }
}

function transformationOf(given: readonly MetricTransformation[] = []): MetricTransformation {
  const [transformation] = given
  if (!transformation || given.length > 1) {
    const rule = transformation ? 'less than or equal to 1' : 'greater than or equal to 1'
    const value = `'[${given.map(javaText).join(', ')}]'`
    throw invalidParameter(brokenRule('metricTransformations', `Member must have length ${rule}`, value))
  }
  const { metricName, metricNamespace, metricValue, defaultValue, dimensions = {} } = transformation
  checkLength('metricTransformations.1.member.metricName', metricName, 255)
  checkLength('metricTransformations.1.member.metricNamespace', metricNamespace, 255)
  checkLength('metricTransformations.1.member.metricValue', metricValue, 100)
  if (!metricName || !metricNamespace || !metricValue)
    throw invalidParameter('A metric transformation has a metricName, a metricNamespace and a metricValue.')
  if (!metricValue.startsWith('$') && Number.isNaN(Number(metricValue)))
    throw invalidParameter(
      `Invalid metric transformation: metricValue ${metricValue} is no number and no field.`,
    )
  if (Object.keys(dimensions).length > 3)
    throw invalidParameter('A metric transformation has at most 3 dimensions.')
  if (defaultValue !== undefined && Object.keys(dimensions).length > 0)
    throw invalidParameter(
      'Invalid metric transformation: dimensions and default value are mutually exclusive.',
    )
  return transformation
}

function checkLength(field: string, value: string | undefined, most: number): void {
  if (value === undefined || value.length <= most) return
  throw invalidParameter(
    brokenRule(field, `Member must have length less than or equal to ${most}`, `'${value}'`),
  )
}

/** A transformation as AWS's refusals repeat it. */
function javaText(one: MetricTransformation): string {
  const fields = [
    'metricName',
    'metricNamespace',
    'metricValue',
    'defaultValue',
    'unit',
    'dimensions',
  ] as const
  const parts = fields.map((field) => `${field}=${String(one[field] ?? 'null')}`)
  return `MetricTransformation(${parts.join(', ')})`
}
