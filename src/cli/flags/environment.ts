import * as Flags from '@oclif/core/flags'

/** The flags of every command that reads `lambdactl.yaml`. */
export const configFlags = {
  config: Flags.string({
    description: 'the configuration file; default: lambdactl.yaml here or in a folder above',
    helpValue: 'FILE',
  }),
}

/**
 * The flags of every command that works on an environment; a flag wins over its variable, and the variable over the
 * file.
 */
export const environmentFlags = {
  ...configFlags,
  env: Flags.string({
    char: 'e',
    env: 'LAMBDACTL_ENV',
    description: 'an environment of lambdactl.yaml; default: the only one',
    helpValue: 'ENV',
  }),
  region: Flags.string({
    description: 'the AWS Region; wins over the file, like LAMBDACTL_REGION',
    helpValue: 'REGION',
  }),
  'endpoint-url': Flags.string({
    description:
      'an endpoint other than AWS, such as the sandbox; wins over the file, like LAMBDACTL_ENDPOINT_URL',
    helpValue: 'URL',
  }),
  profile: Flags.string({
    description: "a profile of AWS's shared configuration; wins over the file, like LAMBDACTL_PROFILE",
    helpValue: 'NAME',
  }),
}
