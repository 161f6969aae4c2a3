import type {
  GetParameterHistoryRequest,
  GetParameterHistoryResult,
  GetParameterRequest,
  GetParametersByPathRequest,
  GetParametersByPathResult,
  GetParametersRequest,
  GetParametersResult,
  Parameter,
} from '@aws-sdk/client-ssm'
import { accepting } from '../protocol/accepting.ts'
import { numberKey, pageOf } from '../protocol/paging.ts'
import type { Call, Operations } from '../protocol/service.ts'
import { ServiceError } from '../protocol/service-error.ts'
import type { ReadSecret } from '../secretsmanager/service.ts'
import { invalidToken } from './errors.ts'
import { checkFilters, matchesAll, pathFilters } from './filters.ts'
import { checkPath, isBelow } from './names.ts'
import { historyOutput, type ParameterStore, valueOutput, versionsOf } from './parameter.ts'
import { isSecret, secretAsParameter } from './secrets.ts'

export function readOperations(store: ParameterStore, readSecret: ReadSecret): Operations {
  const read: ReadParameter = (call, name, isDecrypted) =>
    isSecret(name)
      ? secretAsParameter(readSecret, call, name, isDecrypted)
      : valueOutput(call, name, store.requireVersion(call, name), isDecrypted)
  return {
    GetParameter: accepting<GetParameterRequest>(['Name', 'WithDecryption'], (input, call) => {
      const { Name = '', WithDecryption } = input
      return { Parameter: read(call, Name, WithDecryption) }
    }),
    GetParameters: accepting<GetParametersRequest>(['Names', 'WithDecryption'], (input, call) =>
      getParameters(read, input, call),
    ),
    GetParametersByPath: accepting<GetParametersByPathRequest>(
      ['Path', 'Recursive', 'ParameterFilters', 'WithDecryption', 'MaxResults', 'NextToken'],
      (input, call) => byPath(store, input, call),
    ),
    GetParameterHistory: accepting<GetParameterHistoryRequest>(
      ['Name', 'WithDecryption', 'MaxResults', 'NextToken'],
      (input, call) => history(store, input, call),
    ),
  }
}

type ReadParameter = (call: Call, name: string, isDecrypted: boolean | undefined) => Parameter

function getParameters(
  read: ReadParameter,
  { Names, WithDecryption }: GetParametersRequest,
  call: Call,
): GetParametersResult {
  const answer = { Parameters: [] as object[], InvalidParameters: [] as string[] }
  for (const name of new Set(Names)) {
    try {
      answer.Parameters.push(read(call, name, WithDecryption))
    } catch (error) {
      if (!(error instanceof ServiceError) || error.status !== 400) throw error
      answer.InvalidParameters.push(name)
    }
  }
  return answer
}

function byPath(
  store: ParameterStore,
  input: GetParametersByPathRequest,
  call: Call,
): GetParametersByPathResult {
  const { Path: path = '', Recursive = false, ParameterFilters = [], WithDecryption } = input
  checkPath(path)
  const size = input.MaxResults ?? 10
  checkFilters(ParameterFilters, pathFilters)
  const found = store
    .all(call)
    .filter(({ name }) => isBelow(name, path, Recursive))
    .filter((parameter) => matchesAll(parameter, ParameterFilters))
  const { items, next } = pageOf(found, ({ name }) => name, { size, token: input.NextToken, invalidToken })
  return {
    Parameters: items.map((parameter) => valueOutput(call, parameter.name, parameter, WithDecryption)),
    ...(next !== undefined && { NextToken: next }),
  }
}

function history(
  store: ParameterStore,
  input: GetParameterHistoryRequest,
  call: Call,
): GetParameterHistoryResult {
  const parameter = store.require(call, input.Name)
  const size = input.MaxResults ?? 50
  const { items, next } = pageOf(versionsOf(parameter), ({ version }) => numberKey(version), {
    size,
    token: input.NextToken,
    invalidToken,
  })
  return {
    Parameters: items.map((version) => historyOutput(parameter.name, version, input.WithDecryption)),
    ...(next !== undefined && { NextToken: next }),
  }
}
