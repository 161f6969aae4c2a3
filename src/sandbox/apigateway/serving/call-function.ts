import { partitionOf } from '../../../function/values/partition.ts'
import { handlerAnswer } from '../../http/handler-answer.ts'
import { decodedPath, handlerEvent, iamAuthorizer } from '../../http/handler-event.ts'
import { ownEntry } from '../../own-entry.ts'
import type { SiteRequest } from '../../protocol/service.ts'
import { ServiceError } from '../../protocol/service-error.ts'
import type { ApiRecord } from '../apis/records.ts'
import { functionIn } from '../apis/targets.ts'
import { type Answer, type Serving, said } from './answer.ts'
import type { FoundStage } from './find-stage.ts'
import { apiFolder } from './folder.ts'
import type { MatchedRoute } from './match-route.ts'

/** A request that has found its route. */
export interface Routed extends FoundStage, MatchedRoute {
  api: ApiRecord
}

const failed = said(500, 'Internal Server Error')
const form = { failed: failed.response, usual: { 'content-type': 'text/plain;charset=UTF-8' } }

/** Calls the function of a route if its policy lets the API, and makes an answer of what it returns. */
export async function callFunction(serving: Serving, routed: Routed, request: SiteRequest): Promise<Answer> {
  const { route, served, stage } = routed
  if (route.authorization === 'AWS_IAM' && request.accessKey === undefined) return said(403, 'Forbidden')
  const integration = ownEntry(served.integrations, route.target?.split('/')[1] ?? '')
  const target = integration && functionIn(integration.uri, stage.variables)
  if (!integration || target === undefined) return failed
  const sourceArn = sourceOf(serving, routed, request)
  const caller = { principals: ['apigateway.amazonaws.com'], sourceArn, sourceAccount: serving.account }
  if (!(await serving.functions.allows(target, caller))) return failed
  const began = serving.clock()
  const event = Buffer.from(JSON.stringify(eventOf(serving, routed, request)))
  const answer = await within(serving.pace.realMs(integration.timeoutMs), run(serving, target, event))
  return { ...answer, integrationMs: serving.clock() - began }
}

async function run({ functions }: Serving, target: string, event: Uint8Array): Promise<Answer> {
  try {
    return { response: handlerAnswer(await functions.call(target, event), form) }
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    return error.status === 429 ? said(503, 'Service Unavailable') : failed
  }
}

/** API Gateway waits no longer; the function goes on. @param ms real milliseconds */
async function within(ms: number, work: Promise<Answer>): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>()
  const timer = setTimeout(() => resolve(said(503, 'Service Unavailable')), ms)
  try {
    return await Promise.race([work, promise])
  } finally {
    clearTimeout(timer)
  }
}

/** The ARN that policies compare: the stage, the method and the path of the route. */
function sourceOf({ account }: Serving, { api, stage, route }: Routed, { method }: SiteRequest): string {
  const { region, id } = api
  const [, path] = route.key.split(' ')
  const resource = path === undefined ? route.key : `${method}${path}`
  return `arn:${partitionOf(region)}:execute-api:${region}:${account}:${id}/${stage.name}/${resource}`
}

function eventOf({ account, clock }: Serving, routed: Routed, request: SiteRequest): object {
  const { api, stage, route, parameters } = routed
  const path = decodedPath(request.path.slice(apiFolder.length + api.id.length)) || '/'
  const isIam = route.authorization === 'AWS_IAM'
  return handlerEvent(
    { ...request, path },
    {
      id: api.id,
      accountId: account,
      domainName: `${api.id}.execute-api.${api.region}.amazonaws.com`,
      routeKey: route.key,
      stage: stage.name,
      requestId: request.requestId,
      now: clock(),
      authorizer: isIam ? iamAuthorizer(account, request.accessKey ?? '', api.region) : undefined,
      ...(Object.keys(parameters).length > 0 && { pathParameters: parameters }),
      ...(Object.keys(stage.variables).length > 0 && { stageVariables: stage.variables }),
    },
  )
}
