import { LambdactlError } from '../../errors/error.ts'
import { secretNames } from '../../release/values/secret-names.ts'
import type { FieldPath } from './field-path.ts'

/**
 * Variables with lambdactl's own credentials, or with tokens that a CI job could turn into credentials: no function
 * gets them.
 */
const ownCredentials = new RegExp(
  `^(?:${[
    'AWS_(?:ACCESS_KEY(?:_ID)?|SECRET_(?:ACCESS_)?KEY|SESSION_TOKEN|SECURITY_TOKEN)',
    'AWS_CONTAINER_(?:AUTHORIZATION_TOKEN(?:_FILE)?|CREDENTIALS_(?:FULL|RELATIVE)_URI)',
    'AWS_WEB_IDENTITY_TOKEN(?:_FILE)?',
    'AWS_BEARER_TOKEN_\\w+',
    'LAMBDACTL_SANDBOX_ACCESS_KEY',
    'ACTIONS_(?:ID_TOKEN_REQUEST|RUNTIME)_(?:TOKEN|URL)',
    'CI_JOB_(?:TOKEN|JWT\\w*)',
    'CIRCLE_OIDC_TOKEN\\w*',
    'BITBUCKET_STEP_OIDC_TOKEN',
    'BUILDKITE_AGENT_ACCESS_TOKEN',
    'SYSTEM_(?:ACCESSTOKEN|OIDCREQUESTURI)',
  ].join('|')})$`,
  'i',
)

/** A password or a token in an address, AWS's keys and private keys, in a variable of any name. */
const holdsSecret =
  /:\/\/(?:[^/\s:@]*:[^/\s]+|[^/\s:@]{16,})@|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----/

/**
 * Tells whether a field holds a value for the function to read. All other fields are names, addresses or rules, which
 * many people may see.
 */
export function holdsValues(field: FieldPath): boolean {
  const [first, , third] = field
  if (first === 'functions') return third === 'environment'
  return first === 'environments' && third === 'functions' && field[4] === 'environment'
}

/**
 * Checks that a variable of the process may be used in a field.
 *
 * @param place of the field, for messages
 * @throws LambdactlError CONFIG_INVALID for credentials anywhere, and for a secret in a field that holds no values
 */
export function requireMayRead(
  name: string,
  value: string | undefined,
  field: FieldPath,
  place: string,
): void {
  if (ownCredentials.test(name)) {
    throw new LambdactlError(
      'CONFIG_INVALID',
      `${place}: expected a variable of yours, got \${env:${name}}, a credential of this machine or CI job, which lambdactl never puts into a function.`,
      {
        next: [
          'Remove it: a function gets its permissions from its role. For another secret, use a variable with another name.',
        ],
      },
    )
  }
  if (holdsValues(field)) return
  if (secretNames([name]).length > 0 || holdsSecret.test(value ?? ''))
    throw secretElsewhere(`env:${name}`, place)
}

/** The error for a secret in a name, an address or a rule. */
export function secretElsewhere(expression: string, place: string): LambdactlError {
  return new LambdactlError(
    'CONFIG_INVALID',
    `${place}: \${${expression}} is a secret, or its name sounds like one, so it can be used only in a function's environment.`,
    {
      next: [
        'If the value is not a secret, put it into a plain SSM parameter, or into a variable with another name.',
      ],
    },
  )
}
