import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs'
import { type LogsDependencies, logsService } from '../../../src/sandbox/logs/service.ts'
import type { LogSink } from '../../../src/sandbox/telemetry.ts'
import { clientSettings, serve } from '../serve.ts'
import { keepTemporarily } from '../state/temporarily.ts'

/** CloudWatch Logs on a free port, with a clock that only the test moves. */
export interface RunningLogs {
  client: CloudWatchLogsClient
  sink: LogSink
  /** Milliseconds since the epoch. */
  clock: { now: number }
  close(): Promise<void>
}

export async function runLogs(
  others: Pick<LogsDependencies, 'metrics' | 'functions'> = {},
): Promise<RunningLogs> {
  const clock = { now: Date.parse('2026-11-21T10:00:00Z') }
  const logs = logsService({ clock: () => clock.now, ...others })
  const keeper = keepTemporarily(logs.persistent)
  const server = await serve([logs.service], '123456789012')
  // Loopback has no name for the host of streams.
  const client = new CloudWatchLogsClient({ ...clientSettings(server.endpoint), disableHostPrefix: true })
  return {
    client,
    sink: logs.sink,
    clock,
    async close() {
      client.destroy()
      await server.close()
      logs.close()
      keeper.close()
    },
  }
}
