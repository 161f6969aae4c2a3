import { type Pace, realPace } from '../clock.ts'
import type { FunctionCalls } from '../functions.ts'
import type { Service } from '../protocol/service.ts'
import type { Persistent } from '../state/persistent.ts'
import type { MetricSink } from '../telemetry.ts'
import { createApiStore } from './apis/store.ts'
import { apiSite } from './serving/serve-apis.ts'

interface ApiGatewayDependencies {
  /** The functions behind routes. */
  functions: FunctionCalls
  /** Milliseconds since the epoch. */
  clock: () => number
  /** Default: real time. */
  pace?: Pace
  /** Gets the metrics of requests; default: none. */
  metrics?: MetricSink
  /** 12 digits. */
  account: string
}

const noMetrics: MetricSink = { record: () => undefined }

/** HTTP APIs of API Gateway, and what they serve. Operations and client are loaded with the first request. */
export function apiGatewayService({
  pace = realPace,
  metrics = noMetrics,
  ...deps
}: ApiGatewayDependencies): { service: Service; persistent: Persistent[] } {
  const store = createApiStore()
  return {
    service: {
      signingName: 'apigateway',
      protocol: { kind: 'restJson1', capitalised: new Set() },
      schemas: new Map(),
      operations: {},
      deferred: {
        operationNames,
        load: async () =>
          (await import('./operations/all.ts')).apiGatewayOperations({ store, clock: deps.clock }),
      },
      site: apiSite({ store, pace, metrics, ...deps }),
    },
    persistent: [store],
  }
}

/** The names that faults have for the operations before these are loaded. */
const operationNames = [
  'CreateApi',
  'CreateDeployment',
  'CreateIntegration',
  'CreateRoute',
  'CreateStage',
  'DeleteApi',
  'DeleteCorsConfiguration',
  'DeleteDeployment',
  'DeleteIntegration',
  'DeleteRoute',
  'DeleteStage',
  'GetApi',
  'GetApis',
  'GetDeployment',
  'GetDeployments',
  'GetIntegration',
  'GetIntegrations',
  'GetRoute',
  'GetRoutes',
  'GetStage',
  'GetStages',
  'GetTags',
  'TagResource',
  'UntagResource',
  'UpdateApi',
  'UpdateIntegration',
  'UpdateRoute',
  'UpdateStage',
]
