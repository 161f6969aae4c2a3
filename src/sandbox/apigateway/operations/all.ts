import * as apigateway from '@aws-sdk/client-apigatewayv2'
import { operationSchemas, type Service } from '../../protocol/service.ts'
import { apiOperations } from './apis.ts'
import type { ApiContext } from './context.ts'
import { deploymentOperations } from './deployments.ts'
import { integrationOperations } from './integrations.ts'
import { routeOperations } from './routes.ts'
import { stageOperations } from './stages.ts'
import { tagOperations } from './tags.ts'

/** The operations of HTTP APIs with the schemas of their client. */
export function apiGatewayOperations(context: ApiContext): Pick<Service, 'schemas' | 'operations'> {
  return {
    schemas: operationSchemas(apigateway),
    operations: {
      ...apiOperations(context),
      ...integrationOperations(context),
      ...routeOperations(context),
      ...stageOperations(context),
      ...deploymentOperations(context),
      ...tagOperations(context),
    },
  }
}
