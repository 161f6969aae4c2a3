import type {
  Api,
  CreateApiRequest,
  DeleteApiRequest,
  DeleteCorsConfigurationRequest,
  GetApiRequest,
  GetApisRequest,
  UpdateApiRequest,
} from '@aws-sdk/client-apigatewayv2'
import { accepting, notImplemented } from '../../protocol/accepting.ts'
import type { Call, Operations } from '../../protocol/service.ts'
import { type ApiRecord, defaultStage } from '../apis/records.ts'
import { apisIn, badRequest, newId, requireApi } from '../apis/store.ts'
import { apiFolder } from '../serving/folder.ts'
import type { ApiContext } from './context.ts'
import { autoDeployed } from './deploy.ts'
import { quickIntegration } from './integrations.ts'
import { listed } from './lists.ts'
import { routeOf } from './routes.ts'
import { newStage } from './stages.ts'

const members = ['Name', 'Description', 'Version', 'CorsConfiguration', 'DisableExecuteApiEndpoint'] as const
const quick = ['Target', 'RouteKey'] as const
/** The only values of HTTP APIs. */
const routeSelection = '$request.method $request.path'
const keySelection = '$request.header.x-api-key'

export function apiOperations(context: ApiContext): Operations {
  const { store, clock } = context
  return {
    CreateApi: accepting<CreateApiRequest>(
      [...members, ...quick, 'ProtocolType', 'Tags', 'RouteSelectionExpression', 'ApiKeySelectionExpression'],
      (input, call) => create(context, input, call),
    ),
    GetApi: accepting<GetApiRequest>(['ApiId'], (input, call) =>
      shown(requireApi(store, call, input.ApiId), call),
    ),
    GetApis: accepting<GetApisRequest>(['MaxResults', 'NextToken'], (input, call) => {
      const page = listed(apisIn(store, call.region), ({ id }) => id, input)
      return { ...page, Items: page.Items.map((api) => shown(api, call)) }
    }),
    UpdateApi: accepting<UpdateApiRequest>([...members, ...quick, 'ApiId'], (input, call) => {
      const present = requireApi(store, call, input.ApiId)
      const api = autoDeployed(quickUpdated({ ...present, ...given(input, present) }, input), clock())
      store.set(api.id, api)
      return shown(api, call)
    }),
    DeleteApi: accepting<DeleteApiRequest>(['ApiId'], (input, call) => {
      store.delete(requireApi(store, call, input.ApiId).id)
      return {}
    }),
    DeleteCorsConfiguration: accepting<DeleteCorsConfigurationRequest>(['ApiId'], (input, call) => {
      const { cors: _, ...api } = requireApi(store, call, input.ApiId)
      store.set(api.id, api)
      return {}
    }),
  }
}

type Given = Pick<UpdateApiRequest, (typeof members)[number]>

function given(
  input: Partial<Given>,
  present: Pick<ApiRecord, 'name' | 'isEndpointDisabled'> & Partial<ApiRecord>,
) {
  return {
    name: input.Name ?? present.name,
    description: input.Description ?? present.description,
    version: input.Version ?? present.version,
    cors: input.CorsConfiguration ?? present.cors,
    isEndpointDisabled: input.DisableExecuteApiEndpoint ?? present.isEndpointDisabled,
  }
}

function create({ store, clock }: ApiContext, input: CreateApiRequest, call: Call): Api {
  if (input.ProtocolType !== 'HTTP') throw notImplemented(`APIs of the protocol ${input.ProtocolType}`)
  if ((input.RouteSelectionExpression ?? routeSelection) !== routeSelection) {
    throw badRequest(`Invalid route selection expression: ${input.RouteSelectionExpression}`)
  }
  const now = clock()
  const empty: ApiRecord = {
    id: newId(10),
    region: call.region,
    ...given(input, { name: '', isEndpointDisabled: false }),
    created: now,
    tags: input.Tags ?? {},
    integrations: {},
    routes: {},
    deployments: {},
    stages: {},
  }
  const api = input.Target === undefined ? empty : quickCreated(empty, input, now)
  store.set(api.id, api)
  return shown(api, call)
}

/** One integration, one route and the default stage, which deploys by itself. */
function quickCreated(api: ApiRecord, { Target = '', RouteKey }: CreateApiRequest, now: number): ApiRecord {
  const integration = quickIntegration(Target)
  const withIntegration = { ...api, integrations: { [integration.id]: integration } }
  const route = routeOf(
    withIntegration,
    { id: newId(7), key: '$default', authorization: 'NONE', isManaged: true },
    { RouteKey, Target: `integrations/${integration.id}` },
  )
  const stage = { ...newStage(defaultStage, now), isAutoDeployed: true, isManaged: true as const }
  return autoDeployed(
    { ...withIntegration, routes: { [route.id]: route }, stages: { [stage.name]: stage } },
    now,
  )
}

/** Changes the integration and the route of a quick create. */
function quickUpdated(api: ApiRecord, { Target, RouteKey }: UpdateApiRequest): ApiRecord {
  if (Target === undefined && RouteKey === undefined) return api
  const integration = Object.values(api.integrations).find(({ isManaged }) => isManaged)
  const route = Object.values(api.routes).find(({ isManaged }) => isManaged)
  if (!integration || !route) {
    throw badRequest('Target and RouteKey can be changed only for APIs that were made by quick create')
  }
  const uri = Target === undefined ? integration.uri : quickIntegration(Target).uri
  return {
    ...api,
    integrations: { ...api.integrations, [integration.id]: { ...integration, uri } },
    routes: { ...api.routes, [route.id]: routeOf(api, route, { RouteKey }) },
  }
}

function shown(api: ApiRecord, { host }: Call): Api {
  return {
    ApiEndpoint: `http://${host}${apiFolder}${api.id}`,
    ApiId: api.id,
    ApiKeySelectionExpression: keySelection,
    CorsConfiguration: api.cors,
    CreatedDate: new Date(api.created),
    Description: api.description,
    DisableExecuteApiEndpoint: api.isEndpointDisabled,
    Name: api.name,
    ProtocolType: 'HTTP',
    RouteSelectionExpression: routeSelection,
    Tags: { ...api.tags },
    Version: api.version,
  }
}
