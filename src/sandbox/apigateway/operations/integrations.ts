import type {
  CreateIntegrationRequest,
  DeleteIntegrationRequest,
  GetIntegrationRequest,
  GetIntegrationsRequest,
  Integration as IntegrationOutput,
  UpdateIntegrationRequest,
} from '@aws-sdk/client-apigatewayv2'
import { accepting, notImplemented } from '../../protocol/accepting.ts'
import type { Operations } from '../../protocol/service.ts'
import { omit } from '../apis/omit.ts'
import type { ApiRecord, Integration } from '../apis/records.ts'
import { badRequest, conflict, newId, requireApi, requireIn } from '../apis/store.ts'
import { functionIn } from '../apis/targets.ts'
import type { ApiContext } from './context.ts'
import { autoDeployed } from './deploy.ts'
import { listed } from './lists.ts'

const members = [
  'ApiId',
  'IntegrationType',
  'IntegrationUri',
  'IntegrationMethod',
  'ConnectionType',
  'PayloadFormatVersion',
  'TimeoutInMillis',
  'Description',
] as const

/** API Gateway's own limit, milliseconds. */
const longestTimeoutMs = 30_000

export function integrationOperations({ store, clock }: ApiContext): Operations {
  const keep = (api: ApiRecord) => store.set(api.id, autoDeployed(api, clock()))
  return {
    CreateIntegration: accepting<CreateIntegrationRequest>([...members], (input, call) => {
      const api = requireApi(store, call, input.ApiId)
      if (input.PayloadFormatVersion === undefined) {
        throw badRequest('PayloadFormatVersion is a required parameter for integration type AWS_PROXY')
      }
      const integration = integrationOf(newIntegration(), input)
      keep({ ...api, integrations: { ...api.integrations, [integration.id]: integration } })
      return shown(integration)
    }),
    UpdateIntegration: accepting<UpdateIntegrationRequest>([...members, 'IntegrationId'], (input, call) => {
      const api = requireApi(store, call, input.ApiId)
      const present = requireIn(api.integrations, 'Integration', input.IntegrationId)
      const integration = integrationOf(present, input)
      keep({ ...api, integrations: { ...api.integrations, [integration.id]: integration } })
      return shown(integration)
    }),
    GetIntegration: accepting<GetIntegrationRequest>(['ApiId', 'IntegrationId'], (input, call) => {
      const { integrations } = requireApi(store, call, input.ApiId)
      return shown(requireIn(integrations, 'Integration', input.IntegrationId))
    }),
    GetIntegrations: accepting<GetIntegrationsRequest>(
      ['ApiId', 'MaxResults', 'NextToken'],
      (input, call) => {
        const all = Object.values(requireApi(store, call, input.ApiId).integrations)
        const page = listed(all, ({ id }) => id, input)
        return { ...page, Items: page.Items.map(shown) }
      },
    ),
    DeleteIntegration: accepting<DeleteIntegrationRequest>(['ApiId', 'IntegrationId'], (input, call) => {
      const api = requireApi(store, call, input.ApiId)
      const { id } = requireIn(api.integrations, 'Integration', input.IntegrationId)
      const user = Object.values(api.routes).find(({ target }) => target === `integrations/${id}`)
      if (user) {
        throw conflict(`Cannot delete Integration ${id}. It is in use by Route ${user.id}`)
      }
      keep({ ...api, integrations: omit(api.integrations, id) })
      return {}
    }),
  }
}

function newIntegration(): Integration {
  return { id: newId(7), uri: '', timeoutMs: longestTimeoutMs }
}

/** The integration of a quick create. @throws ServiceError 400 */
export function quickIntegration(uri: string): Integration {
  return { ...integrationOf(newIntegration(), { IntegrationUri: uri }), isManaged: true }
}

type Given = Partial<Pick<CreateIntegrationRequest, (typeof members)[number]>>

/** An integration with the given changes. @throws ServiceError 400, 501 */
function integrationOf(present: Integration, input: Given): Integration {
  const { IntegrationType: type, PayloadFormatVersion: format, ConnectionType: connection } = input
  if (type !== undefined && type !== 'AWS_PROXY') {
    throw notImplemented(`integrations of the type ${type} in API Gateway`)
  }
  if (format === '1.0') throw notImplemented('the payload format 1.0 of API Gateway')
  if (format !== undefined && format !== '2.0') throw badRequest(`Invalid payload format version ${format}`)
  if (connection !== undefined && connection !== 'INTERNET') {
    throw notImplemented(`connections of the type ${connection} in API Gateway`)
  }
  const { IntegrationUri: uri = present.uri, TimeoutInMillis: timeoutMs = present.timeoutMs } = input
  // A URI may name its alias by a variable of the stage.
  if (functionIn(uri.replaceAll(/\$\{stageVariables\.\w+\}/g, 'x')) === undefined) {
    throw badRequest(`Invalid function ARN or invalid uri: ${uri}`)
  }
  if (timeoutMs < 50 || timeoutMs > longestTimeoutMs) {
    throw badRequest(`Timeout should be between 50 ms and ${longestTimeoutMs} ms`)
  }
  return { ...present, uri, timeoutMs, description: input.Description ?? present.description }
}

function shown({ id, uri, description, timeoutMs, isManaged }: Integration): IntegrationOutput {
  return {
    ConnectionType: 'INTERNET',
    Description: description,
    IntegrationId: id,
    IntegrationMethod: 'POST',
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: uri,
    PayloadFormatVersion: '2.0',
    TimeoutInMillis: timeoutMs,
    ...(isManaged && { ApiGatewayManaged: true }),
  }
}
