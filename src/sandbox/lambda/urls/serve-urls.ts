import { corsHeaders, isPreflight, preflightHeaders } from '../../http/cors.ts'
import { decodedPath } from '../../http/handler-event.ts'
import type { Site, SiteRequest } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import type { WireResponse } from '../../protocol/wire.ts'
import { urlFolder } from '../access/url-configs.ts'
import { start, versionOf } from '../invocation/invoke.ts'
import { stream } from '../invocation/invoke-streaming.ts'
import { largestPayload } from '../invocation/payload.ts'
import type { UrlConfig } from '../records/attached.ts'
import type { LambdaContext } from '../records/context.ts'
import { arnOf, type FunctionRecord } from '../records/records.ts'
import { bufferedAnswer, streamedAnswer } from './url-answer.ts'
import { urlEvent } from './url-event.ts'

const forbidden =
  'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html'

interface Found {
  record: FunctionRecord
  /** An alias; the function itself has none. */
  qualifier: string | undefined
  config: UrlConfig
}

/** Serves function URLs over HTTP. A URL can't be guessed, so pages that know it may call it. */
export function functionUrls(context: LambdaContext): Site {
  return {
    owns: (path) => path.startsWith(urlFolder),
    largestBody: largestPayload.sync,
    async answer(request) {
      const [id = ''] = request.path.slice(urlFolder.length).split('/')
      const found = findUrl(context, id)
      if (!found) return refusal(403, 'AccessDeniedException', forbidden)
      const { cors } = found.config
      if (cors && isPreflight(request.method, request.headers)) {
        return { status: 200, headers: preflightHeaders(cors, request.headers), body: '' }
      }
      if (found.config.auth === 'AWS_IAM' && request.accessKey === undefined) {
        return refusal(403, 'AccessDeniedException', forbidden)
      }
      const answer = await run(context, found, id, request)
      return { ...answer, headers: { ...answer.headers, ...corsHeaders(cors, request.headers) } }
    },
  }
}

function findUrl({ store }: LambdaContext, id: string): Found | undefined {
  for (const record of store.all()) {
    for (const [key, config] of Object.entries(record.urls ?? {})) {
      if (config.id === id) return { record, qualifier: key || undefined, config }
    }
  }
  return undefined
}

async function run(
  context: LambdaContext,
  { record, qualifier, config }: Found,
  id: string,
  request: SiteRequest,
): Promise<WireResponse> {
  const { region, name } = record
  const { requestId, accessKey } = request
  const { account } = context
  const now = context.clock()
  const signer = config.auth === 'AWS_IAM' && accessKey !== undefined ? { account, accessKey } : undefined
  const path = decodedPath(request.path.slice(urlFolder.length + id.length)) || '/'
  const event = urlEvent({ ...request, path }, { id, region, requestId, now, signer })
  const arn = arnOf(record)
  const invocation = {
    requestId,
    payload: Buffer.from(JSON.stringify(event)),
    invokedArn: qualifier === undefined ? arn : `${arn}:${qualifier}`,
    qualifier,
  }
  try {
    const version = versionOf(context, { region, name, qualifier, requestId })
    return config.invokeMode === 'RESPONSE_STREAM'
      ? await streamedAnswer(await stream(context, version, invocation))
      : bufferedAnswer(await start(context, version, invocation))
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    return refusal(error.status, error.code, error.message)
  }
}

function refusal(status: number, code: string, text: string): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: JSON.stringify({ Message: text }),
  }
}
