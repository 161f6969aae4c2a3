import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { cloudWatchService } from '../../../src/sandbox/cloudwatch/service.ts'
import { createSandboxServer } from '../../../src/sandbox/server.ts'
import type { MetricSink } from '../../../src/sandbox/telemetry.ts'

/** CloudWatch on a free port, with a clock that only the test moves. */
export interface RunningCloudWatch {
  client: CloudWatchClient
  sink: MetricSink
  /** Milliseconds since the epoch. */
  clock: { now: number }
  close(): Promise<void>
}

export async function runCloudWatch(start: string): Promise<RunningCloudWatch> {
  const clock = { now: Date.parse(start) }
  const cloudWatch = cloudWatchService({ clock: () => clock.now })
  const server = createSandboxServer([cloudWatch.service], '123456789012').listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = new CloudWatchClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  })
  return {
    client,
    sink: cloudWatch.sink,
    clock,
    async close() {
      cloudWatch.close()
      client.destroy()
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
