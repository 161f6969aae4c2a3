import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as Args from '@oclif/core/args'
import { requireName } from '../../cli/adopt/prepare-adoption.ts'
import { BaseCommand } from '../../cli/base-command.ts'
import { chosenConfig } from '../../cli/choose/config-file.ts'
import { templateFlags } from '../../cli/choose/template-flags.ts'
import { configFlags } from '../../cli/flags/environment.ts'
import { placeFlags } from '../../cli/flags/for-shell.ts'
import { withFunction } from '../../config/add.ts'
import { loadConfig } from '../../config/load.ts'
import { shellWord } from '../../errors/shell-word.ts'
import { addFunction } from '../../workflows/templates/add-function.ts'

/** A function that was added to a service. */
interface AddedFunction {
  function: string
  /** The configuration file, absolute. */
  config: string
  /** Relative to its folder. */
  files: string[]
}

export default class Add extends BaseCommand {
  static override summary = 'Add one more function to lambdactl.yaml, with a folder from a template.'
  static override description =
    'Keeps the comments and the order of the file, and never overwrites another file. Needs no AWS.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> checkout',
    '<%= config.bin %> <%= command.id %> report --template python',
    '<%= config.bin %> <%= command.id %> worker --template sqs-worker',
  ]
  static override args = {
    name: Args.string({ description: 'the name of the function in lambdactl.yaml', required: true }),
  }
  static override flags = {
    ...configFlags,
    ...templateFlags(),
  }

  async run(): Promise<AddedFunction> {
    const { args, flags } = await this.parse(Add)
    const { name } = args
    requireName('NAME', name, /^[a-zA-Z0-9][a-zA-Z0-9_-]*$/)
    const { path, named } = await chosenConfig(flags.config)
    this.namedConfig = named
    const config = await loadConfig(path)
    const text = await readFile(path, 'utf8')
    const { files, testPackages } = await addFunction({
      templatesDirectory: join(this.config.root, 'templates'),
      template: flags.template,
      runtime: flags.runtime,
      service: config.service,
      path,
      directory: dirname(path),
      before: text,
      name,
      extend: (template) => withFunction({ config, text, name, template }),
    })
    for (const file of files) this.show(`wrote ${file}`)
    this.show(`added ${name} to ${config.shownAs}`)
    const [environment = 'ENV'] = Object.keys(config.environments)
    const rest = [name, '--env', shellWord(environment), ...placeFlags({ config: flags.config })].join(' ')
    if (testPackages.length > 0) this.tell(`Its unit test needs ${testPackages.join(' ')}.`)
    // A template for a source of events has alarms as gates, which a deploy expects.
    const isGated = files.some((file) => file.startsWith('roles'))
    const next = isGated ? ['alarms ensure', 'deploy'] : ['deploy']
    for (const command of next) this.tell(`Next: lambdactl ${command} ${rest}`)
    return { function: name, config: path, files }
  }
}
