import * as Flags from '@oclif/core/flags'
import { addressesOf, type TerraformFunction, terraformFunctions } from '../cli/adopt/terraform-addresses.ts'
import {
  EnvironmentCommand,
  type EnvironmentFlags,
  type Located,
  targetOf,
} from '../cli/environment-command.ts'
import { severalFunctions } from '../cli/flags/args.ts'
import { environmentFlags } from '../cli/flags/environment.ts'
import { permitted } from '../cli/permissions/permitted.ts'
import { systemClock } from '../cli/run/clock.ts'
import { overrideLines } from '../config/file/override-lines.ts'
import { ownedFields } from '../config/function/manages.ts'
import { resolveRelease } from '../config/release/release.ts'
import type { LocatedFunction } from '../config/service/locate.ts'
import { placedFunction } from '../config/service/placed-function.ts'
import { isCode } from '../errors/error.ts'
import { junitText } from '../ui/results/doctor/junit.ts'
import { type FileLine, sarifText } from '../ui/results/doctor/sarif.ts'
import { examinationText } from '../ui/results/doctor/text.ts'
import { type Patient, refused } from '../workflows/doctor/examined.ts'
import { type Examination, examine } from '../workflows/doctor.ts'
import { saidFields } from '../workflows/permissions/said-fields.ts'

export default class Doctor extends EnvironmentCommand {
  static override summary =
    'Check the place, each function and its owner, with the text or command that mends it.'
  static override description =
    'Changes nothing. For a function of Terraform, CDK, SAM, CloudFormation or the Serverless Framework it prints the lines for that tool. Exits 6 if a check fails, 3 without credentials, 4 for a missing function.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --env prod',
    '<%= config.bin %> <%= command.id %> checkout --env prod --fail-on warning --json',
    '<%= config.bin %> <%= command.id %> --env prod --format sarif > doctor.sarif',
  ]
  static override args = severalFunctions
  static override flags = {
    ...environmentFlags,
    terraform: Flags.string({
      description: "a file with the output of terraform show -json, for the names of Terraform's resources",
      helpValue: 'FILE',
    }),
    'fail-on': Flags.option({
      options: ['failure', 'warning'] as const,
      description: 'the least finding for which the command exits with an error; default: failure',
      default: 'failure',
    })(),
    format: Flags.option({
      options: ['text', 'sarif', 'junit'] as const,
      description:
        'the form of the report: for a person, for code scanning (SARIF 2.1.0), or for tests; default: text',
      default: 'text',
      exclusive: ['json'],
    })(),
  }

  async run(): Promise<Examination> {
    const { args, flags } = await this.parse(Doctor)
    const located = await this.locate(flags, args.function ?? [])
    const found = flags.terraform === undefined ? [] : await terraformFunctions(flags.terraform)
    const examination = await this.examined(located, flags, found)
    const failing = flags['fail-on'] === 'warning' ? (['fail', 'warn'] as const) : (['fail'] as const)
    if (flags.format === 'junit') this.showAsIs(junitText(examination, failing))
    else if (flags.format === 'sarif') this.showAsIs(this.sarif(located, examination))
    else this.showAsIs(examinationText(examination, this.width))
    this.failOn(examination, failing)
    return examination
  }

  private sarif({ config, environment }: Located, examination: Examination): string {
    const lineOf = (name: string | undefined, field = ''): FileLine => {
      const path = field === '' ? [] : field.split('.')
      const at =
        name === undefined ? undefined : placedFunction(config, environment.name, name, noVariables).at
      return lineIn(at?.place(...path) ?? config.place(['environments', environment.name]))
    }
    return sarifText(examination, { version: this.config.version, environment: environment.name, lineOf })
  }

  /** Wrong credentials are a finding too. */
  private async examined(
    located: Located,
    flags: EnvironmentFlags,
    found: readonly TerraformFunction[],
  ): Promise<Examination> {
    const { environment, functions } = located
    try {
      const run = await this.quickRun(environment, flags)
      const { region, endpoint, from } = this.place ?? {}
      const { skewMs } = systemClock
      const node = { version: process.versions.node, accepted: acceptedNode(this.config.pjson['engines']) }
      const place = { environment: environment.name, region, endpoint, from: from?.region, skewMs, node }
      const patients = functions.map((fn) => ({
        ...this.patientOf(located, fn),
        terraform: addressesOf(found, fn.lambdaName, environment.alias),
      }))
      return await examine(run, place, patients)
    } catch (error) {
      if (!isCode(error, 'NOT_AUTHENTICATED') && !isCode(error, 'ACCOUNT_MISMATCH')) throw error
      return { checks: [refused(this.namedConfig, 'credentials', error, 'fail')], functions: [] }
    }
  }

  private patientOf({ config, environment }: Located, fn: LocatedFunction): Patient {
    const { fields, at } = placedFunction(config, environment.name, fn.name, { variables: process.env })
    const { manages = 'function' } = fields
    const declared = {
      manages,
      ownedFields: ownedFields(fields),
      codeLines: overrideLines(environment.name, fn.name, { manages: 'code' }),
      configName: this.namedConfig.name,
    }
    return {
      target: targetOf(environment, fn),
      declared,
      fields: saidFields(fields),
      permitted: () => permitted(config, environment.name, fn.name),
      hasTimeout: manages === 'code' || fields.timeout !== undefined,
      release: () => resolveRelease(fields.release ?? {}, at.below('release'), fn.ensuredAlarms),
      lines: (set) => overrideLines(environment.name, fn.name, set),
    }
  }

  private failOn(
    { checks, functions }: Examination,
    failing: readonly Examination['checks'][number]['outcome'][],
  ): void {
    const all = [...checks, ...functions.flatMap((each) => each.checks)]
    const counts = all.filter(({ outcome }) => failing.includes(outcome))
    if (counts.length === 0) return
    const failed = counts.find(({ outcome, code }) => outcome === 'fail' && code !== undefined)
    this.exitAs(failed?.code ?? 'PREFLIGHT_FAILED')
  }
}

const noVariables = { variables: {} }

function acceptedNode(engines: unknown): string {
  return (engines as { node?: string } | undefined)?.node ?? ''
}

/** The line in a place as messages have it: `lambdactl.yaml:7:13 functions.checkout.memory`. */
function lineIn(place: string): FileLine {
  const [, file = place, line = '1'] = /^(.*?):(\d+):\d+(?: |$)/.exec(place) ?? []
  return { file, line: Number(line) }
}
