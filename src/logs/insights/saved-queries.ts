export interface SavedQuery {
  /** Completes "the query for …". */
  about: string
  query: string
}

/** Lines that end a request, in both of Lambda's formats. */
export const reports = 'filter @type = "REPORT" or type = "platform.report"'
const duration = 'coalesce(@duration, record.metrics.durationMs)'
export const init = 'coalesce(@initDuration, record.metrics.initDurationMs)'
/** Insights gives the sizes of text logs in bytes, by powers of ten. */
export const size = 'coalesce(@memorySize / 1000000, record.metrics.memorySizeMB)'
export const used = 'coalesce(@maxMemoryUsed / 1000000, record.metrics.maxMemoryUsedMB)'

/** The usual questions, in the language of CloudWatch Logs Insights; for logs as text and as JSON. */
export const savedQueries = {
  errors: {
    about: 'errors by message',
    query: `filter @message like /\\tERROR\\t|\\[ERROR\\]|Task timed out|Runtime exited|"(level|log_level|severity|lvl|levelname)":\\s*("(?:ERROR|error|Error|FATAL|fatal|CRITICAL|critical)"|[56]0\\b)/
| parse @message /"errorMessage":\\s*"(?<thrown>[^"]*)"/
| parse @message /\\tERROR\\t(?<logged>[^\\n{][^\\n]{0,199})/
| parse @message /"(?:msg|message|event|Message)":\\s*"(?<said>(?:[^"\\\\]|\\\\.){1,200})/
| parse @message /\\[ERROR\\]\\s+(?<raised>[^\\n]{1,200})/
| parse @message /(?<ended>Task timed out after [\\d.]+ seconds|Runtime exited[^\\n]*)/
| stats count(*) as errors, min(@timestamp) as first, max(@timestamp) as last by coalesce(thrown, logged, said, raised, ended, @message) as error
| sort errors desc
| limit 50`,
  },
  slowest: {
    about: 'the slowest requests',
    query: `${reports}
| fields ${duration} as ms, ${init} as init, coalesce(@requestId, record.requestId) as request, @logStream as stream
| sort ms desc
| display @timestamp, ms, init, request, stream
| limit 25`,
  },
  'cold-starts': {
    about: 'cold starts every five minutes',
    query: `${reports}
| fields ${init} as init
| stats count(*) as requests, count(init) as cold, avg(init) as average, pct(init, 95) as p95, max(init) as longest by bin(5m) as time
| sort time asc`,
  },
  memory: {
    about: 'memory head-room',
    query: `${reports}
| fields ${size} as size, ${used} as used
| stats count(*) as requests, pct(used, 50) as p50, pct(used, 99) as p99, max(used) as most, max(size) - max(used) as free by size
| sort size desc`,
  },
  throttles: {
    about: 'throttling by other services, every five minutes',
    query: `filter @message like /Throttl|TooManyRequests|Rate exceeded|ProvisionedThroughputExceeded|SlowDown/
| parse @message /(?<error>\\w*(?:Throttl|TooManyRequests|ProvisionedThroughputExceeded|SlowDown)\\w*)/
| stats count(*) as lines by bin(5m) as time, coalesce(error, "Rate exceeded") as error
| sort time asc`,
  },
} as const satisfies Readonly<Record<string, SavedQuery>>

export type SavedName = keyof typeof savedQueries

export const savedNames = Object.keys(savedQueries) as SavedName[]
