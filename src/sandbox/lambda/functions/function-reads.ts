import type {
  FunctionCodeLocation,
  GetFunctionConfigurationRequest,
  GetFunctionRequest,
  GetFunctionResponse,
  ListFunctionsRequest,
  ListFunctionsResponse,
} from '@aws-sdk/client-lambda'
import type { Call, Operations } from '../../protocol/service.ts'
import type { LambdaContext } from '../records/context.ts'
import { type FunctionVersion, requireFunction, resolveQualifier } from '../records/records.ts'
import { parseReference } from '../requests/names.ts'
import { pageOf } from '../requests/paging.ts'
import { configurationAnswer, listAnswer } from './answers.ts'
import { imageLocation } from './images.ts'
import { versionSortKey } from './versions.ts'

/** GetFunction, GetFunctionConfiguration and ListFunctions. */
export function functionReadOperations(context: LambdaContext): Operations {
  return {
    GetFunction: (input: GetFunctionRequest, call) => getFunction(context, input, call),
    GetFunctionConfiguration: (input: GetFunctionConfigurationRequest, call) => {
      const { version, qualifier } = lookUp(context, input, call)
      return configurationAnswer(version, qualifier)
    },
    ListFunctions: (input: ListFunctionsRequest, call) => listFunctions(context, input, call),
  }
}

function lookUp(context: LambdaContext, input: GetFunctionRequest, call: Call) {
  const reference = parseReference(call, input.FunctionName, input.Qualifier)
  const record = requireFunction(context.store, call, reference)
  const version = resolveQualifier(record, call, reference.qualifier)
  return { record, version, qualifier: reference.qualifier }
}

function getFunction(context: LambdaContext, input: GetFunctionRequest, call: Call): GetFunctionResponse {
  const { record, version, qualifier } = lookUp(context, input, call)
  const { imageUri } = version.code
  const code = imageUri ? imageLocation(imageUri, version.code) : locationOf(context, version, call)
  const answer: GetFunctionResponse = {
    Configuration: configurationAnswer(version, qualifier),
    Code: { ...code, SourceKMSKeyArn: version.code.kmsKey },
  }
  if (Object.keys(record.tags).length > 0) answer.Tags = record.tags
  if (record.reserved !== undefined) answer.Concurrency = { ReservedConcurrentExecutions: record.reserved }
  return answer
}

/** A link to the uploaded package, on the sandbox itself. */
function locationOf(
  { downloads }: LambdaContext,
  version: FunctionVersion,
  { host }: Call,
): FunctionCodeLocation {
  const { digest } = version.code
  return { RepositoryType: 'S3', Location: `http://${host}${downloads.link(digest)}` }
}

function listFunctions(
  context: LambdaContext,
  input: ListFunctionsRequest,
  call: Call,
): ListFunctionsResponse {
  const records = context.store.all().filter(({ region }) => region === call.region)
  const listed =
    input.FunctionVersion === 'ALL'
      ? records.flatMap((record) => [record.latest, ...record.versions.values()])
      : records.map((record) => record.latest)
  const { items, next } = pageOf(listed, sortKey, input)
  const qualified = input.FunctionVersion === 'ALL'
  return {
    Functions: items.map((version) =>
      listAnswer(version, qualified ? version.configuration.Version : undefined),
    ),
    NextMarker: next,
  }
}

function sortKey({ configuration }: FunctionVersion): string {
  return `${configuration.FunctionName}:${versionSortKey(configuration.Version)}`
}
