import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.ts'
import { chosenConfig } from '../cli/choose/config-file.ts'
import { configFlags } from '../cli/flags/environment.ts'
import { distrust, trust, trustedFiles } from '../cli/place/trusted-files.ts'
import { loadConfig } from '../config/load.ts'
import type { Config } from '../config/service/config.ts'
import { isLoopback } from '../config/values/endpoint.ts'
import { plainLine } from '../ui/text/plain.ts'

/** A file that is, or was, trusted. */
interface TrustedFile {
  file: string
  trusted: boolean
  /** The endpoints that needed the trust, by environment; only of a file that was just trusted. */
  endpoints?: Record<string, string>
}

export default class Trust extends BaseCommand {
  static override summary = 'Let a lambdactl.yaml send AWS calls to an endpoint that is not this machine.'
  static override description =
    "Trusts the file with its present content: a changed file has to be trusted again. The decision is kept in the user's data folder ($XDG_DATA_HOME or ~/.local/share). Needs no AWS."
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --list',
    '<%= config.bin %> <%= command.id %> --revoke',
  ]
  static override flags = {
    ...configFlags,
    list: Flags.boolean({ description: 'show the trusted files', exclusive: ['revoke', 'config'] }),
    revoke: Flags.boolean({ description: 'end the trust in the file, with any content' }),
  }

  async run(): Promise<TrustedFile | { files: TrustedFile[] }> {
    const { flags } = await this.parse(Trust)
    if (flags.list) return { files: this.list() }
    const { path, named } = await chosenConfig(flags.config)
    this.namedConfig = named
    return flags.revoke ? this.revoke(path) : this.trust(await loadConfig(path))
  }

  private list(): TrustedFile[] {
    const files = [...new Set(trustedFiles(process.env).map(({ path }) => path))]
    for (const file of files) this.show(plainLine(file))
    return files.map((file) => ({ file, trusted: true }))
  }

  private revoke(file: string): TrustedFile {
    const was = distrust(file, process.env)
    this.show(plainLine(was ? `${file} is no longer trusted` : `${file} was not trusted`))
    return { file, trusted: false }
  }

  private trust(config: Config): TrustedFile {
    const endpoints = farEndpoints(config)
    trust(config.file, process.env)
    this.show(plainLine(`${config.file.path} is trusted with its present content`))
    for (const [name, endpoint] of Object.entries(endpoints)) this.tell(plainLine(`${name}: ${endpoint}`))
    return { file: config.file.path, trusted: true, endpoints }
  }
}

/** The endpoints that need trust, by environment. */
function farEndpoints({ environments }: Config): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environments).flatMap(([name, { endpoint }]) =>
      endpoint === undefined || isLoopback(endpoint) ? [] : [[name, endpoint]],
    ),
  )
}
