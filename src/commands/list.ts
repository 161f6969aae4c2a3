import { relative } from 'node:path'
import * as Flags from '@oclif/core/flags'
import { tagOf } from '../cli/adopt/asked-functions.ts'
import { environmentFlags } from '../cli/flags/environment.ts'
import { placeFlags } from '../cli/flags/for-shell.ts'
import { LoggedCommand } from '../cli/logged-command.ts'
import { shellWord } from '../errors/shell-word.ts'
import { accountListText } from '../ui/results/list.ts'
import { type AccountList, listFunctions } from '../workflows/adoption/list-functions.ts'

export default class List extends LoggedCommand {
  static override summary = "List the account's functions in a Region, and which of them lambdactl knows."
  static override description =
    'Shows the runtime, the last change and the aliases of each function, to choose from for `init --from`. Needs no lambdactl.yaml.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --env prod',
    '<%= config.bin %> <%= command.id %> --region eu-west-1 --prefix shop- --json',
    '<%= config.bin %> <%= command.id %> --env prod --tag team=payments',
  ]
  static override flags = {
    ...environmentFlags,
    prefix: Flags.string({ description: 'only functions whose names begin so', helpValue: 'TEXT' }),
    tag: Flags.string({
      description: 'only functions with this tag, and with all if repeated',
      helpValue: 'KEY=VALUE',
      multiple: true,
    }),
  }

  async run(): Promise<AccountList> {
    const { flags } = await this.parse(List)
    const { prefix, tag = [] } = flags
    const { config, environment } = await this.locateLogged(flags, [`${prefix ?? ''}*`])
    const run = await this.quickRun(environment, flags)
    const known = new Map(environment.functions.map(({ lambdaName, name }) => [lambdaName, name]))
    const tags = Object.fromEntries(tag.map((text) => tagOf(text, '--tag')))
    const list = await listFunctions(run, { prefix, tags, known }, (done, total) => {
      if (done % 100 === 0) this.tell(`the aliases of ${done} of ${total} functions are read`)
    })
    this.show(accountListText(list, this.width))
    if (list.missing.length > 0) {
      const names = list.missing.length === known.size ? [] : list.missing.map(shellWord)
      const words = [...names, '--env', shellWord(environment.name), ...placeFlags(flags)]
      this.tell(`To deploy: lambdactl deploy ${words.join(' ')}`)
    }
    const free = list.functions.find(({ knownAs }) => knownAs === undefined)
    if (free) {
      const folder = config && relative(process.cwd(), config.directory)
      const env = environment.name === '' ? 'ENV' : shellWord(environment.name)
      const words = [
        ...(folder ? [shellWord(folder)] : []),
        `--from ${shellWord(free.name)}`,
        `--env ${env}`,
        ...placeFlags({ ...flags, config: undefined }),
      ]
      this.tell(`To take one on: lambdactl init ${words.join(' ')}`)
    }
    return list
  }
}
