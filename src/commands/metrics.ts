import * as Flags from '@oclif/core/flags'
import { oneLoggedFunction } from '../cli/flags/args.ts'
import { environmentFlags } from '../cli/flags/environment.ts'
import { logSpanFlags } from '../cli/flags/log-span.ts'
import { LogReadingCommand } from '../cli/log-reading-command.ts'
import { webFlag } from '../cli/output/output-flags.ts'
import { metricsCsv, metricsText } from '../ui/results/metrics.ts'
import type { FunctionMetrics } from '../workflows/metrics/function-metrics.ts'
import { readMetrics } from '../workflows/metrics/read-metrics.ts'

export default class Metrics extends LogReadingCommand {
  static override summary = "Show a function's metrics over time, as small charts, CSV or JSON."
  static override description =
    'Invocations, errors, throttles, durations, concurrency, iterator age and dead-letter errors are from CloudWatch; cold starts and memory are read from the log by Logs Insights, which AWS charges for by the bytes. A dot is a time without data.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout --env prod',
    '<%= config.bin %> <%= command.id %> checkout --env prod --since deploy --by version',
    '<%= config.bin %> <%= command.id %> checkout --env prod --since 1d --csv',
  ]
  static override args = oneLoggedFunction
  static override flags = {
    ...environmentFlags,
    ...webFlag,
    ...logSpanFlags,
    by: Flags.option({
      description:
        'a chart for each version that ran by the alias; default: all calls of the function together',
      options: ['version'] as const,
    })(),
    csv: Flags.boolean({
      description: 'comma-separated values, one row for each; default: charts',
      exclusive: ['json'],
    }),
  }

  async run(): Promise<FunctionMetrics | undefined> {
    const { args, flags } = await this.parse(Metrics)
    const { run, target, span } = await this.openOne(flags, args.function)
    if (flags.web) return this.showPages(run, [target], 'metrics')
    const { start: from, until = run.clock.now() } = span
    const metrics = await readMetrics(run, target, { from, until, byVersion: flags.by === 'version' })
    if (flags.csv) {
      this.showAsIs(metricsCsv(metrics))
      if (metrics.logUnknown !== undefined) this.warn(`no cold starts and memory: ${metrics.logUnknown}`)
    } else this.show(metricsText(metrics, this.width))
    return metrics
  }
}
