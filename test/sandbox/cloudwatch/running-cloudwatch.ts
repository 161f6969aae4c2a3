import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { cloudWatchService } from '../../../src/sandbox/cloudwatch/service.ts'
import type { Functions } from '../../../src/sandbox/functions.ts'
import type { MetricSink } from '../../../src/sandbox/telemetry.ts'
import { clientSettings, serve } from '../serve.ts'
import { keepTemporarily } from '../state/temporarily.ts'

/** CloudWatch on a free port, with a clock that only the test moves. */
export interface RunningCloudWatch {
  client: CloudWatchClient
  endpoint: string
  sink: MetricSink
  /** Milliseconds since the epoch. */
  clock: { now: number }
  close(): Promise<void>
}

export async function runCloudWatch(start: string, functions?: Functions): Promise<RunningCloudWatch> {
  const clock = { now: Date.parse(start) }
  const cloudWatch = cloudWatchService({ clock: () => clock.now, ...(functions && { functions }) })
  const keeper = keepTemporarily(cloudWatch.persistent)
  const server = await serve([cloudWatch.service], '123456789012')
  const client = new CloudWatchClient(clientSettings(server.endpoint))
  return {
    client,
    endpoint: server.endpoint,
    sink: cloudWatch.sink,
    clock,
    async close() {
      cloudWatch.close()
      client.destroy()
      await server.close()
      keeper.close()
    },
  }
}
