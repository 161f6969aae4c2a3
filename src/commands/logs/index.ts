import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { targetOf } from '../../cli/environment-command.ts'
import { environmentFlags } from '../../cli/flags/environment.ts'
import { contentFlags, fieldsFlag, patternFlag, readingFlags, requestFlag } from '../../cli/flags/logs.ts'
import { durationFlag } from '../../cli/flags/values.ts'
import { webFlag } from '../../cli/output/output-flags.ts'
import { TailCommand } from '../../cli/tail-command.ts'
import { outputs } from '../../ui/logs/line-writer.ts'

export default class Logs extends TailCommand {
  static override summary = 'Follow the logs of functions over all their versions and environments.'
  static override description =
    'Shows each line once, however late CloudWatch has it, and marks late ones. Functions are named as in lambdactl.yaml, as in Lambda, by ARN or by a pattern; those that appear later join. Ends with a summary on stderr. With --json each line is one JSON document.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout --env prod',
    '<%= config.bin %> <%= command.id %> checkout orders --env prod --level warn',
    "<%= config.bin %> <%= command.id %> 'shop-*' --env prod --since 1h --no-follow",
    '<%= config.bin %> <%= command.id %> checkout --env prod --exit-on "order .* paid" --timeout 1m',
  ]
  static override args = {
    function: Args.string({
      description: 'functions of lambdactl.yaml or Lambda, patterns of names, or an ARN',
      multiple: true,
    }),
  }
  static override flags = {
    ...environmentFlags,
    ...webFlag,
    ...readingFlags,
    canary: Flags.boolean({ description: 'the lines of stable and candidate, each marked' }),
    errors: Flags.boolean({ description: 'only failed requests, with all their lines' }),
    request: requestFlag({
      description:
        'the lines of one request by the beginning of its id, of the last day unless --since says more',
      exclusive: ['errors', 'lines'],
    }),
    lines: Flags.integer({
      char: 'n',
      description: 'begin with this many last lines',
      exclusive: ['errors'],
      min: 0,
      helpValue: 'COUNT',
    }),
    ...contentFlags,
    output: Flags.option({
      description: 'the form of the lines; default: pretty on a terminal, plain elsewhere',
      options: outputs,
    })(),
    fields: fieldsFlag({ description: 'only these fields of each line, as in time,level,msg,orderId' }),
    view: Flags.boolean({
      description: 'show followed lines in a view with keys, on a terminal; --no-view prints them',
      default: true,
      allowNo: true,
    }),
    follow: Flags.boolean({
      description: 'follow new lines until interrupted',
      default: true,
      allowNo: true,
    }),
    live: Flags.boolean({
      description: 'read by Live Tail too, which is quicker and charged by the minute',
    }),
    'exit-on': patternFlag({
      description: 'end with the first line that matches; exit 4 if none does',
    }),
    'max-lines': Flags.integer({ description: 'end after this many lines', min: 1, helpValue: 'COUNT' }),
    timeout: durationFlag({ description: 'end after this time' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Logs)
    const names = args.function ?? []
    if (!flags.web) return this.tail(names, flags)
    const { environment, functions } = await this.locate(flags, names)
    const targets = functions.map((fn) => targetOf(environment, fn))
    await this.showPages(await this.quickRun(environment, flags), targets, 'logs')
  }
}
