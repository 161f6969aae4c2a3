import * as Flags from '@oclif/core/flags'
import { environmentFlags } from './environment.ts'

const { region, 'endpoint-url': endpointUrl, profile } = environmentFlags

/** The flags of `init` that name existing functions. */
export const adoptionSources = ['from', 'from-stack', 'from-tag']

/** Without them a template is written, which needs no AWS and nothing of an existing function. */
const relationships = [{ type: 'some' as const, flags: [...adoptionSources, 'env'] }]

/** The flags of `init` for existing functions: where they are, and how they are written down. */
export const adoptionFlags = {
  from: Flags.string({
    description:
      'take on a function by its name in Lambda, or all functions of what a tool wrote, by its path; repeatable; needs --env',
    helpValue: 'FUNCTION|PATH',
    multiple: true,
  }),
  'from-stack': Flags.string({
    description:
      'take on all functions of a deployed CloudFormation stack, by its name or ARN; repeatable; needs --env',
    helpValue: 'NAME',
    multiple: true,
  }),
  'from-tag': Flags.string({
    description: 'take on all functions with this tag, and with all if repeated; needs --env',
    helpValue: 'KEY=VALUE',
    multiple: true,
  }),
  function: Flags.string({
    description:
      'with --from and the like: only this function, by its id there or its name in Lambda, or a pattern; repeatable',
    relationships,
    helpValue: 'ID',
    multiple: true,
  }),
  as: Flags.string({
    description: 'with one function: its name in lambdactl.yaml',
    relationships,
    helpValue: 'NAME',
  }),
  source: Flags.string({
    description: 'with one function: the folder of its sources, in place of its deployed code',
    relationships,
    helpValue: 'DIR',
  }),
  manages: Flags.option({
    options: ['code', 'function'] as const,
    description:
      "lambdactl's part: code, versions and alias alone, or the whole function; default: code for outputs, stacks, tags, and a function whose tags tell of another tool",
    relationships,
  })(),
  env: Flags.string({
    char: 'e',
    env: 'LAMBDACTL_ENV',
    description:
      'with --from and the like: the environment of the functions, added to lambdactl.yaml where it is not there',
    helpValue: 'ENV',
  }),
  alias: Flags.string({
    description: 'with --from and the like: the alias that traffic follows, if there are several',
    relationships,
    helpValue: 'NAME',
  }),
  region: { ...region, relationships },
  'endpoint-url': { ...endpointUrl, relationships },
  profile: { ...profile, relationships },
}
