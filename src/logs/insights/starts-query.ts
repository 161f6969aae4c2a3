/**
 * The query of Logs Insights for the starts of environments of each version, in both of Lambda's formats; durations in
 * milliseconds. A figure of a start counts only in a line that ends a request: INIT_REPORT has the duration of a failed start too.
 *
 * `billed` is the time of starts that Lambda billed: before August 2025 it billed none for managed runtimes. `billedMb` is
 * that time multiplied by MB of memory.
 *
 * @param lambdaName a log group of several functions has its name in the streams
 */
export function startsQuery(lambdaName: string): string {
  return `filter @type = "REPORT" or type = "platform.report" or type = "platform.initReport" or @message like /^INIT_REPORT /
| filter @logStream like /\\/(?:${lambdaName})?\\[/
| parse @logStream /\\[(?<version>[^\\]]+)\\]/
| parse @message /\\tRestore Duration: (?<restored>[\\d.]+) ms/
| parse @message /(?:^INIT_REPORT [^\\n]*Status: |"platform.initReport"[^\\n]*"status":\\s*")(?<failure>timeout|error|failure)/
| fields coalesce(@billedDuration, record.metrics.billedDurationMs) as whole
| fields coalesce(@initDuration, record.metrics.initDurationMs) + whole * 0 as init
| fields coalesce(restored, record.metrics.restoreDurationMs) + whole * 0 as restore
| fields coalesce(init, restore) as start
| fields start * 0 + whole - ceil(coalesce(@duration, record.metrics.durationMs)) as more
| fields more * coalesce(@memorySize / 1000000, record.metrics.memorySizeMB) as moreMb
| stats count(whole) as requests, count(init) as inits, count(restore) as restores, count(failure) as failed, pct(start, 50) as p50, pct(start, 90) as p90, pct(start, 99) as p99, max(start) as longest, sum(more) as billed, sum(moreMb) as billedMb by version
| sort requests desc`
}
