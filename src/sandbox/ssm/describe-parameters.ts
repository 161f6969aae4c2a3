import type { DescribeParametersRequest, DescribeParametersResult } from '@aws-sdk/client-ssm'
import { accepting, notImplemented } from '../protocol/accepting.ts'
import { pageOf } from '../protocol/paging.ts'
import type { Call, Operations } from '../protocol/service.ts'
import { invalid, invalidToken } from './errors.ts'
import { checkFilters, describeFilters, matchesAll } from './filters.ts'
import { metadataOutput, type ParameterStore } from './parameter.ts'

export function describeOperation(store: ParameterStore): Operations {
  return {
    DescribeParameters: accepting<DescribeParametersRequest>(
      ['Filters', 'ParameterFilters', 'MaxResults', 'NextToken', 'Shared'],
      (input, call) => describe(store, input, call),
    ),
  }
}

function describe(
  store: ParameterStore,
  input: DescribeParametersRequest,
  call: Call,
): DescribeParametersResult {
  if (input.Shared) throw notImplemented('shared parameters')
  const { Filters = [], ParameterFilters = [] } = input
  if (Filters.length > 0 && ParameterFilters.length > 0) {
    throw invalid('You can use either Filters or ParameterFilters in a single request.')
  }
  checkFilters(ParameterFilters, describeFilters)
  // The older filters match by the beginning of a name.
  const older = Filters.map(({ Key, Values }) => ({
    Key,
    Values,
    Option: Key === 'Name' ? 'BeginsWith' : 'Equals',
  }))
  const found = store.all(call).filter((parameter) => matchesAll(parameter, [...ParameterFilters, ...older]))
  const { items, next } = pageOf(found, ({ name }) => name, {
    size: input.MaxResults ?? 50,
    token: input.NextToken,
    invalidToken,
  })
  return {
    Parameters: items.map((parameter) => metadataOutput(call, parameter)),
    ...(next !== undefined && { NextToken: next }),
  }
}
