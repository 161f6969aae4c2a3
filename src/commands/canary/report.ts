import { resolve } from 'node:path'
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { targetOf } from '../../cli/environment-command.ts'
import { oneFunction } from '../../cli/flags/args.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { LogReadingCommand } from '../../cli/log-reading-command.ts'
import { maskAll } from '../../cli/output/mask.ts'
import { LambdactlError } from '../../errors/error.ts'
import { chartFile, reportMark } from '../../ui/results/report/chart.ts'
import { reportMarkdown } from '../../ui/results/report/markdown.ts'
import { reportPage } from '../../ui/results/report/page.ts'
import { reportText } from '../../ui/results/report/text.ts'
import { type ReleaseReport, readReport } from '../../workflows/report/read-report.ts'
import { writeReport } from '../../workflows/report/write-report.ts'

export default class CanaryReport extends LogReadingCommand {
  static override summary = 'Report on one release: plan, course, traffic, gates, alarms and errors.'
  static override description =
    "Shows a chart, or writes a page to hand on: HTML without scripts, SVG or Markdown. Reads the journal, CloudWatch's metrics and the history of alarms, and the function's log if a request failed. Works for any release: running, paused, done or rolled back."
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout --env prod',
    '<%= config.bin %> <%= command.id %> checkout k3f9q2ab --env prod --html report.html',
    '<%= config.bin %> <%= command.id %> checkout --env prod --markdown',
  ]
  static override args = {
    ...oneFunction,
    release: Args.string({
      description: "a release's id, its begin, or latest; default: latest",
      default: 'latest',
      noCacheDefault: true,
    }),
  }
  static override flags = {
    ...environmentFlags,
    html: Flags.string({ description: 'a file for the report as one HTML page', helpValue: 'FILE' }),
    svg: Flags.string({ description: 'a file for the chart alone, as SVG', helpValue: 'FILE' }),
    markdown: Flags.boolean({
      description: 'print the report as Markdown, with a chart in Mermaid',
      exclusive: ['json', 'html', 'svg'],
    }),
    errors: Flags.boolean({
      description: "read the function's log for failed requests; default: yes, if metrics count any",
      default: true,
      allowNo: true,
    }),
  }

  async run(): Promise<ReleaseReport> {
    const { args, flags } = await this.parse(CanaryReport)
    if (flags.html !== undefined && flags.svg !== undefined) requireTwo(flags.html, flags.svg)
    const { environment, fn } = await this.locateOne(flags, args.function)
    const run = await this.quickRun(environment, flags)
    const wishes = { release: args.release, errors: flags.errors }
    const found = await readReport(run, targetOf(environment, fn), wishes, this.readingTeller())
    // Files are output too.
    const report = maskAll(found)
    const files = [
      ...(flags.html === undefined ? [] : [[flags.html, reportPage(report)] as const]),
      ...(flags.svg === undefined ? [] : [[flags.svg, chartFile(report)] as const]),
    ]
    for (const [file, text] of files) this.show(`Wrote ${await writeReport(file, text, reportMark)}`)
    if (flags.markdown) this.showAsIs(reportMarkdown(report))
    else if (files.length === 0) this.show(reportText(report, this.width))
    return report
  }
}

/** The second one would replace the first. */
function requireTwo(html: string, svg: string): void {
  if (resolve(html) !== resolve(svg)) return
  throw new LambdactlError('USAGE', `--html and --svg name the same file: ${html}.`, {
    next: ['Name two files, as in --html report.html --svg report.svg.'],
  })
}
