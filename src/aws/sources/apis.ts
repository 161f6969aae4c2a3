import type { Integration, Route } from '@aws-sdk/client-apigatewayv2'
import type { ApiRoute, Apis } from '../../ports/sources/apis.ts'
import { ifThere } from '../answers/expected-errors.ts'
import type { Connection } from '../client/connection.ts'
import { loadService } from '../client/load-service.ts'

function apiGatewayApi(connection: Connection) {
  return loadService(
    connection,
    'ApiGatewayV2',
    () => import('@aws-sdk/client-apigatewayv2'),
    ({ ApiGatewayV2Client }, config) => new ApiGatewayV2Client(config),
  )
}

/** HTTP APIs over the API of API Gateway. */
export function httpApis(connection: Connection): Apis {
  const api = apiGatewayApi(connection)
  return {
    find: (name) => findApis(api, name),

    async routes(id) {
      const { call, sdk } = await api()
      const [routes, integrations] = await Promise.all([
        allItems((from) =>
          call(`list the routes of the API ${id}`, new sdk.GetRoutesCommand({ ApiId: id, ...from })),
        ),
        allItems((from) =>
          call(
            `list the integrations of the API ${id}`,
            new sdk.GetIntegrationsCommand({ ApiId: id, ...from }),
          ),
        ),
      ])
      return routes.map((route) => toRoute(route, integrations))
    },

    async connect(ApiId, { key, id }, { invokes, description }) {
      const { call, sdk } = await api()
      const make = new sdk.CreateIntegrationCommand({
        ApiId,
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: invokes,
        PayloadFormatVersion: '2.0',
        Description: description,
      })
      const { IntegrationId = '' } = await call(`make an integration of the API ${ApiId}`, make)
      const Target = `integrations/${IntegrationId}`
      const action = `write the route ${key} of the API ${ApiId}`
      if (id === undefined) await call(action, new sdk.CreateRouteCommand({ ApiId, RouteKey: key, Target }))
      else await call(action, new sdk.UpdateRouteCommand({ ApiId, RouteId: id, Target }))
    },

    async change(ApiId, { id, invokes, description }) {
      const { call, sdk } = await api()
      const input = { ApiId, IntegrationId: id, IntegrationUri: invokes, Description: description }
      await call(`change the integration ${id} of the API ${ApiId}`, new sdk.UpdateIntegrationCommand(input))
    },

    async disconnect(ApiId, { id, integration }) {
      const { call, sdk } = await api()
      const route = new sdk.DeleteRouteCommand({ ApiId, RouteId: id })
      await ifThere(call(`delete the route ${id} of the API ${ApiId}`, route))
      if (!integration) return
      const command = new sdk.DeleteIntegrationCommand({ ApiId, IntegrationId: integration.id })
      await ifThere(call(`delete the integration ${integration.id} of the API ${ApiId}`, command))
    },
  }
}

async function findApis(api: ReturnType<typeof apiGatewayApi>, name: string): Promise<readonly string[]> {
  const { call, sdk } = await api()
  const byId = /^[a-z0-9]{10}$/.test(name)
    ? await ifThere(call(`read the API ${name}`, new sdk.GetApiCommand({ ApiId: name })))
    : undefined
  if (byId?.ApiId !== undefined) return [byId.ApiId]
  const found = await allItems((from) => call('list the HTTP APIs', new sdk.GetApisCommand(from)))
  return found
    .filter(({ Name, ProtocolType }) => Name === name && ProtocolType === 'HTTP')
    .flatMap(({ ApiId = [] }) => ApiId)
}

/** The SDK has no reader of pages for API Gateway. */
async function allItems<Item>(
  read: (from: {
    NextToken?: string
  }) => Promise<{ Items?: Item[] | undefined; NextToken?: string | undefined }>,
): Promise<Item[]> {
  const all: Item[] = []
  let from: { NextToken?: string } = {}
  for (;;) {
    const { Items = [], NextToken } = await read(from)
    all.push(...Items)
    if (NextToken === undefined) return all
    from = { NextToken }
  }
}

function toRoute({ RouteId = '', RouteKey = '', Target }: Route, all: readonly Integration[]): ApiRoute {
  const found = all.find(({ IntegrationId }) => Target === `integrations/${IntegrationId}`)
  const { IntegrationId = '', IntegrationUri = '', Description = '' } = found ?? {}
  return {
    id: RouteId,
    key: RouteKey,
    ...(found && {
      integration: { id: IntegrationId, invokes: invoked(IntegrationUri), description: Description },
    }),
  }
}

/** An integration may name the function's ARN, or the path of API Gateway that contains it. */
function invoked(uri: string): string {
  return /functions\/(?<arn>arn:.+)\/invocations$/.exec(uri)?.groups?.['arn'] ?? uri
}
