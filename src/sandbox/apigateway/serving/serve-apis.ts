import { corsHeaders, isPreflight, preflightHeaders } from '../../http/cors.ts'
import type { Site, SiteRequest } from '../../protocol/service.ts'
import type { WireResponse } from '../../protocol/wire.ts'
import type { ApiRecord } from '../apis/records.ts'
import { type Answer, type Serving, said } from './answer.ts'
import { recordRequest } from './api-metrics.ts'
import { callFunction } from './call-function.ts'
import { type FoundStage, findStage } from './find-stage.ts'
import { apiFolder } from './folder.ts'
import { matchRoute } from './match-route.ts'

/** API Gateway's limit for the body of a request, bytes. */
const largestBody = 10_485_760

/** Serves APIs over HTTP, each below its id. A page that knows the id may call it. */
export function apiSite(serving: Serving): Site {
  return {
    owns: (path) => path.startsWith(apiFolder),
    largestBody,
    async answer(request) {
      const [id = ''] = request.path.slice(apiFolder.length).split('/')
      const api = serving.store.get(id)
      const path = request.path.slice(apiFolder.length + id.length) || '/'
      const found = api && !api.isEndpointDisabled ? findStage(api, path) : undefined
      const { response } = api && found ? await told(serving, api, found, request) : said(404, 'Not Found')
      const headers = { ...response.headers, 'apigw-requestid': request.requestId }
      return { ...response, headers }
    },
  }
}

/** Answers a request, and tells CloudWatch. */
async function told(
  serving: Serving,
  api: ApiRecord,
  found: FoundStage,
  request: SiteRequest,
): Promise<Answer> {
  const time = serving.clock()
  const answer = await answerFor(serving, api, found, request)
  const { response, integrationMs } = answer
  recordRequest(serving.metrics, {
    region: api.region,
    apiId: api.id,
    stage: found.stage.name,
    status: response.status,
    time,
    latencyMs: serving.clock() - time,
    integrationMs,
    bytes: request.body.byteLength + sizeOf(response),
  })
  return answer
}

async function answerFor(
  serving: Serving,
  api: ApiRecord,
  found: FoundStage,
  request: SiteRequest,
): Promise<Answer> {
  const { cors } = api
  if (cors && isPreflight(request.method, request.headers)) {
    return { response: { status: 204, headers: preflightHeaders(cors, request.headers), body: '' } }
  }
  const matched = matchRoute(Object.values(found.served.routes), request.method, found.path)
  const answer = matched
    ? await callFunction(serving, { api, ...found, ...matched }, request)
    : said(404, 'Not Found')
  const { response } = answer
  const headers = { ...withoutCors(response.headers, cors), ...corsHeaders(cors, request.headers) }
  return { ...answer, response: { ...response, headers } }
}

/** An API that has settings for other origins leaves out the headers that its handlers give. */
function withoutCors(headers: WireResponse['headers'], cors: ApiRecord['cors']): WireResponse['headers'] {
  if (!cors) return headers
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('access-control-')))
}

/** Answers of APIs are whole. */
function sizeOf({ body }: WireResponse): number {
  return typeof body === 'string' || body instanceof Uint8Array ? Buffer.byteLength(body) : 0
}
