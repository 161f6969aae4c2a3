import type { MetricSink } from '../../telemetry.ts'

/** A request that an API has answered. */
export interface Answered {
  region: string
  apiId: string
  stage: string
  status: number
  /** Milliseconds since the epoch. */
  time: number
  latencyMs: number
  /** Undefined if the integration was not called. */
  integrationMs: number | undefined
  bytes: number
}

/** Tells CloudWatch of a request, by the API and by its stage. */
export function recordRequest(metrics: MetricSink, answered: Answered): void {
  const { region, apiId: ApiId, stage: Stage, status, time: timestamp, integrationMs } = answered
  const values: [name: string, value: number, unit: string][] = [
    ['Count', 1, 'Count'],
    ['4xx', Number(status >= 400 && status < 500), 'Count'],
    ['5xx', Number(status >= 500), 'Count'],
    ['Latency', answered.latencyMs, 'Milliseconds'],
    ...(integrationMs === undefined
      ? []
      : [['IntegrationLatency', integrationMs, 'Milliseconds'] satisfies [string, number, string]]),
    ['DataProcessed', answered.bytes, 'Bytes'],
  ]
  const data = [{ ApiId }, { ApiId, Stage }].flatMap((dimensions) =>
    values.map(([name, value, unit]) => ({
      namespace: 'AWS/ApiGateway',
      name,
      dimensions,
      value,
      unit,
      timestamp,
    })),
  )
  metrics.record(region, data)
}
