import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { logsService } from '../../../src/sandbox/logs/service.ts'
import { createSandboxServer } from '../../../src/sandbox/server.ts'
import type { LogSink } from '../../../src/sandbox/telemetry.ts'

/** CloudWatch Logs on a free port, with a clock that only the test moves. */
export interface RunningLogs {
  client: CloudWatchLogsClient
  sink: LogSink
  /** Milliseconds since the epoch. */
  clock: { now: number }
  close(): Promise<void>
}

export async function runLogs(): Promise<RunningLogs> {
  const clock = { now: Date.parse('2026-11-21T10:00:00Z') }
  const logs = logsService({ clock: () => clock.now })
  const server = createSandboxServer([logs.service], '123456789012').listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = new CloudWatchLogsClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  })
  return {
    client,
    sink: logs.sink,
    clock,
    async close() {
      client.destroy()
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
