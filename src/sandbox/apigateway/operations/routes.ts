import type {
  CreateRouteRequest,
  DeleteRouteRequest,
  GetRouteRequest,
  GetRoutesRequest,
  Route as RouteOutput,
  UpdateRouteRequest,
} from '@aws-sdk/client-apigatewayv2'
import { accepting, notImplemented } from '../../protocol/accepting.ts'
import type { Operations } from '../../protocol/service.ts'
import { omit } from '../apis/omit.ts'
import type { ApiRecord, Route } from '../apis/records.ts'
import { badRequest, conflict, newId, requireApi, requireIn } from '../apis/store.ts'
import type { ApiContext } from './context.ts'
import { autoDeployed } from './deploy.ts'
import { listed } from './lists.ts'

const members = [
  'ApiId',
  'RouteKey',
  'Target',
  'AuthorizationType',
  'OperationName',
  'ApiKeyRequired',
] as const

export function routeOperations({ store, clock }: ApiContext): Operations {
  const keep = (api: ApiRecord) => store.set(api.id, autoDeployed(api, clock()))
  return {
    CreateRoute: accepting<CreateRouteRequest>([...members], (input, call) => {
      const api = requireApi(store, call, input.ApiId)
      const route = routeOf(api, { id: newId(7), key: '', authorization: 'NONE' }, input)
      keep({ ...api, routes: { ...api.routes, [route.id]: route } })
      return shown(route)
    }),
    UpdateRoute: accepting<UpdateRouteRequest>([...members, 'RouteId'], (input, call) => {
      const api = requireApi(store, call, input.ApiId)
      const route = routeOf(api, requireIn(api.routes, 'Route', input.RouteId), input)
      keep({ ...api, routes: { ...api.routes, [route.id]: route } })
      return shown(route)
    }),
    GetRoute: accepting<GetRouteRequest>(['ApiId', 'RouteId'], (input, call) =>
      shown(requireIn(requireApi(store, call, input.ApiId).routes, 'Route', input.RouteId)),
    ),
    GetRoutes: accepting<GetRoutesRequest>(['ApiId', 'MaxResults', 'NextToken'], (input, call) => {
      const routes = Object.values(requireApi(store, call, input.ApiId).routes)
      const page = listed(routes, ({ id }) => id, input)
      return { ...page, Items: page.Items.map(shown) }
    }),
    DeleteRoute: accepting<DeleteRouteRequest>(['ApiId', 'RouteId'], (input, call) => {
      const api = requireApi(store, call, input.ApiId)
      const { id } = requireIn(api.routes, 'Route', input.RouteId)
      keep({ ...api, routes: omit(api.routes, id) })
      return {}
    }),
  }
}

/** A route with the given changes. @throws ServiceError 400, 409, 501 */
export function routeOf(
  api: ApiRecord,
  present: Route,
  input: Partial<Pick<CreateRouteRequest, (typeof members)[number]>>,
): Route {
  const { RouteKey: key = present.key, Target: target = present.target, OperationName } = input
  if (input.ApiKeyRequired) throw badRequest('API keys are not currently supported on HTTP APIs')
  checkKey(key)
  if (Object.values(api.routes).some((route) => route.key === key && route.id !== present.id)) {
    throw conflict(`Route with key ${key} already exists for this API`)
  }
  if (target !== undefined) requireTarget(api, target)
  const authorization = input.AuthorizationType ?? present.authorization
  if (authorization !== 'NONE' && authorization !== 'AWS_IAM') {
    throw notImplemented(`the authorization type ${authorization} of API Gateway`)
  }
  return { ...present, key, target, authorization, operationName: OperationName ?? present.operationName }
}

const keyPattern =
  /^(?:\$default|(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ANY) \/(?:[^\s{}]+|\{[\w.:-]+\})*(?:\{[\w.:-]+\+\})?)$/

function checkKey(key: string): void {
  if (keyPattern.test(key)) return
  throw badRequest(
    'The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"',
  )
}

function requireTarget(api: ApiRecord, target: string): void {
  const [, id] = /^integrations\/(\w+)$/.exec(target) ?? []
  if (id !== undefined) requireIn(api.integrations, 'Integration', id)
  else throw badRequest(`Invalid target ${target}. Expected integrations/<integration-id>`)
}

function shown({ id, key, target, authorization, operationName, isManaged }: Route): RouteOutput {
  return {
    ApiKeyRequired: false,
    AuthorizationType: authorization,
    OperationName: operationName,
    RouteId: id,
    RouteKey: key,
    Target: target,
    ...(isManaged && { ApiGatewayManaged: true }),
  }
}
