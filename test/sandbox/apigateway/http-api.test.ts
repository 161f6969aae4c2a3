import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateDeploymentCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
  DeleteApiCommand,
  DeleteIntegrationCommand,
  GetApiCommand,
  GetApisCommand,
  GetIntegrationsCommand,
  GetRoutesCommand,
  GetStagesCommand,
  GetTagsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateApiCommand,
  UpdateIntegrationCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-apigatewayv2'
import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch'
import {
  AddPermissionCommand,
  CreateAliasCommand,
  PutFunctionConcurrencyCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda'
import { expect, onTestFinished, test } from 'vitest'
import { nodeHandler, publishFirst, publishNext, runSandbox } from '../end-to-end/running-sandbox.ts'
import { clientSettings } from '../serve.ts'

const liveArn = 'arn:aws:lambda:eu-west-1:000000000000:function:shop:live'

/** A handler that answers as its request says: with its event, with a text, or with an error. */
const handler = nodeHandler(
  `event.rawPath.endsWith('/event') ? event
  : event.rawPath.endsWith('/fails') ? (() => { throw new Error('no') })()
  : event.rawPath.endsWith('/waits') ? new Promise((resolve) => setTimeout(resolve, 5000, {}))
  : { statusCode: 201, body: Buffer.from('made').toString('base64'), isBase64Encoded: true,
      cookies: ['a=1', 'b=2'], headers: { 'X-Kind': 'new' } }`,
)

/** A function `shop` with an alias, and a client of API Gateway. */
async function start() {
  const running = await runSandbox()
  const client = new ApiGatewayV2Client(clientSettings(running.sandbox.url))
  onTestFinished(() => client.destroy())
  await publishFirst(running, 'shop', handler)
  const alias = { FunctionName: 'shop', Name: 'live', FunctionVersion: '1' }
  await running.lambda.send(new CreateAliasCommand(alias))
  const allow = (StatementId: string, SourceArn: string) =>
    running.lambda.send(
      new AddPermissionCommand({
        FunctionName: 'shop',
        Qualifier: 'live',
        StatementId,
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
        SourceArn,
      }),
    )
  return { ...running, client, allow }
}

test('an API routes requests to an alias whose policy allows the route', async () => {
  const { client, allow, cloudWatch } = await start()
  const { ApiId = '', ApiEndpoint = '' } = await client.send(
    new CreateApiCommand({ Name: 'shop', ProtocolType: 'HTTP' }),
  )
  const of = { ApiId }
  const { IntegrationId } = await client.send(
    new CreateIntegrationCommand({
      ...of,
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: liveArn,
      PayloadFormatVersion: '2.0',
    }),
  )
  const route = (RouteKey: string) =>
    client.send(new CreateRouteCommand({ ...of, RouteKey, Target: `integrations/${IntegrationId}` }))
  await route('GET /items/{id}/event')
  await route('ANY /{proxy+}')
  const at = (path: string, init?: RequestInit) => fetch(`${ApiEndpoint}${path}`, init)
  expect((await at('/items/7/event')).status).toBe(404)
  await client.send(
    new CreateStageCommand({
      ...of,
      StageName: '$default',
      AutoDeploy: true,
      StageVariables: { color: 'red' },
    }),
  )
  const denied = await at('/items/7/event')
  expect([denied.status, await denied.json()]).toEqual([500, { message: 'Internal Server Error' }])
  await allow('items', `arn:aws:execute-api:eu-west-1:000000000000:${ApiId}/*/*/items/{id}/event`)
  const headers = { cookie: 'a=1; b=2', 'x-one': '1', 'content-type': 'application/octet-stream' }
  const answer = await at('/items/a%20b/event?q=1&q=2', { headers })
  expect(answer.headers.get('apigw-requestid')).not.toBeNull()
  const event = (await answer.json()) as { headers: Record<string, string> }
  expect(event).toMatchObject({
    version: '2.0',
    routeKey: 'GET /items/{id}/event',
    rawPath: '/items/a b/event',
    rawQueryString: 'q=1&q=2',
    cookies: ['a=1', 'b=2'],
    queryStringParameters: { q: '1,2' },
    pathParameters: { id: 'a b' },
    stageVariables: { color: 'red' },
    requestContext: {
      accountId: '000000000000',
      apiId: ApiId,
      domainName: `${ApiId}.execute-api.eu-west-1.amazonaws.com`,
      http: { method: 'GET', path: '/items/a b/event', protocol: 'HTTP/1.1' },
      routeKey: 'GET /items/{id}/event',
      stage: '$default',
    },
    isBase64Encoded: false,
  })
  expect(event.headers).toMatchObject({ 'x-one': '1', 'x-forwarded-proto': 'http' })
  expect((await at('/made')).status).toBe(500)
  await allow('all', `arn:aws:execute-api:eu-west-1:000000000000:${ApiId}/*/*/{proxy+}`)
  const made = await at('/made', { method: 'POST', body: 'x' })
  expect([made.status, await made.text()]).toEqual([201, 'made'])
  expect(made.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  expect(made.headers.get('x-kind')).toBe('new')
  expect(made.headers.get('content-type')).toBe('text/plain;charset=UTF-8')
  const failed = await at('/fails')
  expect([failed.status, await failed.json()]).toEqual([500, { message: 'Internal Server Error' }])
  expect(await (await at('/')).json()).toEqual({ message: 'Not Found' })
  const now = Date.now()
  const sumOf = async (MetricName: string) => {
    const { Datapoints = [] } = await cloudWatch.send(
      new GetMetricStatisticsCommand({
        Namespace: 'AWS/ApiGateway',
        MetricName,
        Dimensions: [{ Name: 'ApiId', Value: ApiId }],
        StartTime: new Date(now - 3_600_000),
        EndTime: new Date(now + 3_600_000),
        Period: 86_400,
        Statistics: ['Sum'],
      }),
    )
    return Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0)
  }
  expect(await Promise.all(['Count', '4xx', '5xx'].map(sumOf))).toEqual([6, 1, 3])
  expect(await sumOf('IntegrationLatency')).toBeGreaterThan(0)
})

test('a quick API goes by the weights of its alias, for pages of an origin too', async () => {
  const running = await start()
  const { client, lambda, allow } = running
  await publishNext(running, 'shop', nodeHandler('"two"'))
  const { ApiId = '', ApiEndpoint = '' } = await client.send(
    new CreateApiCommand({
      Name: 'quick',
      ProtocolType: 'HTTP',
      Target: `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${liveArn}/invocations`,
      CorsConfiguration: { AllowOrigins: ['https://shop.example'], AllowMethods: ['GET'], MaxAge: 60 },
    }),
  )
  await allow('quick', `arn:aws:execute-api:eu-west-1:000000000000:${ApiId}/*/$default`)
  const origin = 'https://shop.example'
  const first = await fetch(`${ApiEndpoint}/a`, { headers: { origin } })
  expect([first.status, first.headers.get('access-control-allow-origin')]).toEqual([201, origin])
  await lambda.send(
    new UpdateAliasCommand({
      FunctionName: 'shop',
      Name: 'live',
      RoutingConfig: { AdditionalVersionWeights: { '2': 1 } },
    }),
  )
  expect(await (await fetch(`${ApiEndpoint}/a`)).text()).toBe('two')
  const asked = { origin, 'access-control-request-method': 'GET' }
  const preflight = await fetch(`${ApiEndpoint}/a`, { method: 'OPTIONS', headers: asked })
  expect(preflight.status).toBe(204)
  expect(Object.fromEntries(preflight.headers)).toMatchObject({
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET',
    'access-control-max-age': '60',
  })
  await lambda.send(
    new PutFunctionConcurrencyCommand({ FunctionName: 'shop', ReservedConcurrentExecutions: 0 }),
  )
  const throttled = await fetch(`${ApiEndpoint}/a`)
  expect([throttled.status, await throttled.json()]).toEqual([503, { message: 'Service Unavailable' }])
})

test('a stage with a name serves its deployment, and a slow function is left after the time-out', async () => {
  const { client, allow } = await start()
  const { ApiId = '', ApiEndpoint = '' } = await client.send(
    new CreateApiCommand({ Name: 'shop', ProtocolType: 'HTTP' }),
  )
  const of = { ApiId }
  const integration = { IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0' } as const
  const { IntegrationId } = await client.send(
    new CreateIntegrationCommand({
      ...of,
      ...integration,
      IntegrationUri: liveArn.replace('live', '${stageVariables.alias}'),
    }),
  )
  await allow('all', `arn:aws:execute-api:eu-west-1:000000000000:${ApiId}/*`)
  await client.send(
    new CreateRouteCommand({ ...of, RouteKey: 'GET /event', Target: `integrations/${IntegrationId}` }),
  )
  const stage = { ...of, StageName: 'dev', StageVariables: { alias: 'live' } }
  await client.send(new CreateStageCommand(stage))
  const at = (path: string) => fetch(`${ApiEndpoint}${path}`)
  expect((await at('/dev/event')).status).toBe(404)
  await client.send(new CreateDeploymentCommand({ ...of, StageName: 'dev' }))
  expect(await (await at('/dev/event')).json()).toMatchObject({
    rawPath: '/dev/event',
    requestContext: { stage: 'dev', http: { path: '/dev/event' } },
  })
  expect((await at('/event')).status).toBe(404)
  await client.send(
    new CreateRouteCommand({ ...of, RouteKey: 'GET /waits', Target: `integrations/${IntegrationId}` }),
  )
  expect((await at('/dev/waits')).status).toBe(404)
  await client.send(new UpdateIntegrationCommand({ ...of, IntegrationId, TimeoutInMillis: 100 }))
  await client.send(new UpdateStageCommand({ ...of, StageName: 'dev', AutoDeploy: true }))
  const waits = await at('/dev/waits')
  expect([waits.status, await waits.json()]).toEqual([503, { message: 'Service Unavailable' }])
})

test('resources are listed, changed and refused as in API Gateway', async () => {
  const { sandbox } = await runSandbox()
  const client = new ApiGatewayV2Client(clientSettings(sandbox.url))
  onTestFinished(() => client.destroy())
  const { ApiId = '', ApiEndpoint } = await client.send(
    new CreateApiCommand({ Name: 'a', ProtocolType: 'HTTP', Target: liveArn, Tags: { team: 'shop' } }),
  )
  const of = { ApiId }
  expect(ApiEndpoint).toBe(`${sandbox.url}/execute-api/${ApiId}`)
  await client.send(new UpdateApiCommand({ ...of, Name: 'b', RouteKey: 'GET /b' }))
  expect(await client.send(new GetApiCommand(of))).toMatchObject({
    Name: 'b',
    ProtocolType: 'HTTP',
    RouteSelectionExpression: '$request.method $request.path',
    CreatedDate: expect.any(Date) as Date,
  })
  expect((await client.send(new GetApisCommand({}))).Items).toHaveLength(1)
  const { Items: [integration] = [] } = await client.send(new GetIntegrationsCommand(of))
  const { IntegrationId } = integration ?? {}
  expect(integration).toMatchObject({
    IntegrationUri: liveArn,
    TimeoutInMillis: 30_000,
    ApiGatewayManaged: true,
  })
  const { Items: [route] = [] } = await client.send(new GetRoutesCommand(of))
  expect(route).toMatchObject({ RouteKey: 'GET /b', Target: `integrations/${IntegrationId}` })
  const { Items: [stage] = [] } = await client.send(new GetStagesCommand(of))
  expect(stage).toMatchObject({ StageName: '$default', AutoDeploy: true })
  const tagged = { ResourceArn: `arn:aws:apigateway:eu-west-1::/apis/${ApiId}` }
  await client.send(new TagResourceCommand({ ...tagged, Tags: { env: 'test' } }))
  await client.send(new UntagResourceCommand({ ...tagged, TagKeys: ['team'] }))
  expect((await client.send(new GetTagsCommand(tagged))).Tags).toEqual({ env: 'test' })
  const create = { ...of, IntegrationType: 'AWS_PROXY', IntegrationUri: liveArn } as const
  const again = { ...of, RouteKey: 'GET /b' }
  const bad = { ...of, RouteKey: 'FETCH items' }
  const missing = { ...of, RouteKey: 'GET /c', Target: 'integrations/abc' }
  const refusals = [
    client.send(new CreateRouteCommand(again)),
    client.send(new CreateRouteCommand(bad)),
    client.send(new CreateRouteCommand(missing)),
    client.send(new CreateIntegrationCommand(create)),
    client.send(new CreateIntegrationCommand({ ...create, PayloadFormatVersion: '1.0' })),
    client.send(new DeleteIntegrationCommand({ ...of, IntegrationId })),
    client.send(new CreateStageCommand({ ...of, StageName: '$default' })),
    client.send(new CreateApiCommand({ Name: 'x', ProtocolType: 'WEBSOCKET' })),
    client.send(new GetApiCommand({ ApiId: 'nothing' })),
  ]
  const outcomes = await Promise.allSettled(refusals)
  expect(
    outcomes.map((each) => (each.status === 'rejected' ? `${each.reason}`.split(/[.;]/)[0] : 'taken')),
  ).toEqual([
    'ConflictException: Route with key GET /b already exists for this API',
    'BadRequestException: The provided route key is not formatted properly for HTTP protocol',
    'NotFoundException: Invalid Integration identifier specified abc',
    'BadRequestException: PayloadFormatVersion is a required parameter for integration type AWS_PROXY',
    'NotImplemented: The sandbox does not have the payload format 1',
    `ConflictException: Cannot delete Integration ${IntegrationId}`,
    'ConflictException: Stage already exists',
    'NotImplemented: The sandbox does not have APIs of the protocol WEBSOCKET',
    'NotFoundException: Invalid API identifier specified 000000000000:nothing',
  ])
  await client.send(new DeleteApiCommand(of))
  expect((await fetch(`${ApiEndpoint}/b`)).status).toBe(404)
})
