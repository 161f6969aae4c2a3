import { LambdactlError } from '../../errors/error.ts'
import { sentence } from '../../errors/sentence.ts'
import type { Section, SharedProfiles } from '../place/profiles.ts'

/** The facts known when no credentials were found. */
export interface CredentialSearch {
  /** The profile in use: a named one, or `default`. */
  profile: string
  /** Whether it was named. */
  isNamed: boolean
  profiles: SharedProfiles
  /** Each step of the SDK's chain, in its own words. */
  said: readonly string[]
  /** The host and port of a loopback endpoint where no sandbox of this user listens. */
  loopback: string | undefined
}

/**
 * Returns the reason why no credentials were found, and the way to get some. The SDK's error is about its last step
 * only.
 */
export function credentialProblem(thrown: unknown, search: CredentialSearch): LambdactlError {
  const { why, next } = explained(thrown, search)
  const { loopback } = search
  const hint =
    loopback === undefined
      ? []
      : [
          `No sandbox of yours listens at ${loopback}; another program does: \`lambdactl sandbox status\` shows yours.`,
        ]
  return new LambdactlError('NOT_AUTHENTICATED', why, {
    next: [...next, ...hint],
    brief: 'there are no credentials',
    cause: thrown,
  })
}

interface Explained {
  why: string
  next: string[]
}

function explained(thrown: unknown, search: CredentialSearch): Explained {
  const { profile, profiles } = search
  const section = profiles.of(profile)
  if (section['sso_session'] !== undefined || section['sso_start_url'] !== undefined)
    return ofSso(thrown, search)
  if (section['login_session'] !== undefined) {
    return {
      why: `The profile ${profile} is not signed in, or its sign-in has expired.`,
      next: [`Sign in: aws login --profile ${profile}`],
    }
  }
  if (section['credential_process'] !== undefined) return ofProcess(search)
  if (section['role_arn'] !== undefined) return ofRole(thrown, search)
  const message = messageOf(thrown)
  if (!/from any providers/.test(message)) {
    return {
      why: `No credentials could be read: ${message}`,
      next: ['Correct the problem that the message names, then run the command again.'],
    }
  }
  return ofNone(search, section)
}

function ofSso(thrown: unknown, { profile, profiles }: CredentialSearch): Explained {
  const { sso_session: session } = profiles.of(profile)
  if (session !== undefined && !profiles.hasSession(session)) {
    return {
      why: `The profile ${profile} names the sso-session ${session}, and ~/.aws/config has no [sso-session ${session}].`,
      next: [`Set it up: aws configure sso --profile ${profile}`],
    }
  }
  const message = messageOf(thrown)
  const isOver = /invalid|expired|not found|refresh/i.test(message)
  return {
    why: isOver
      ? `The SSO session of the profile ${profile} has expired, or was never started.`
      : `SSO gave no credentials for the profile ${profile}: ${message}`,
    next: [`Sign in: aws sso login --profile ${profile}`],
  }
}

/** The command itself is not shown, since it may contain secrets. */
function ofProcess({ profile, said }: CredentialSearch): Explained {
  const found =
    said.map(withoutLead).find((text) => /^Command failed: |^Profile .* credential_process /.test(text)) ?? ''
  const [first = '', ...errors] = found.trim().split('\n')
  const words =
    errors.length > 0
      ? errors.slice(-3).join('; ')
      : first.replace(/^Command failed: .*|^Profile \S+ credential_process /, '')
  const because = words === '' ? ' failed' : errors.length > 0 ? ` failed: ${words}` : ` ${words}`
  return {
    why: sentence(`The credential_process of the profile ${profile}${because}`),
    next: [
      `Sign in as that program needs it, or correct credential_process; \`aws sts get-caller-identity --profile ${profile}\` tries it.`,
    ],
  }
}

function ofRole(thrown: unknown, { profile, profiles }: CredentialSearch): Explained {
  const { source_profile: source } = profiles.of(profile)
  if (source !== undefined && !profiles.names.includes(source)) {
    return {
      why: `The profile ${profile} takes its credentials from the profile ${source} (source_profile), which does not exist.`,
      next: [
        `Create it: aws configure --profile ${source}`,
        `Or correct source_profile of ${profile} in ~/.aws/config.`,
      ],
    }
  }
  const message = messageOf(thrown)
  if (/multi-factor/.test(message)) {
    return {
      why: `The profile ${profile} needs an MFA code (mfa_serial), and lambdactl can't ask for it.`,
      next: [
        `Have the AWS CLI ask for it: eval "$(aws configure export-credentials --profile ${profile} --format env)"`,
      ],
    }
  }
  return {
    why: `The profile ${profile} could not assume its role: ${message}`,
    next: [
      `Correct the profile in ~/.aws/config; \`aws sts get-caller-identity --profile ${profile}\` tries it.`,
    ],
  }
}

function ofNone({ profile, isNamed, profiles }: CredentialSearch, section: Section): Explained {
  if (isNamed && (profiles.names.includes(profile) || Object.keys(section).length > 0)) {
    return {
      why: `The profile ${profile} has no credentials, and neither the environment variables nor this machine have any.`,
      next: [
        `Sign in: \`aws sso login --profile ${profile}\`, or \`aws configure --profile ${profile}\` for access keys.`,
      ],
    }
  }
  const others = profiles.names.filter((name) => name !== 'default')
  return {
    why: "There are no AWS credentials: none in the environment variables, in AWS's shared configuration or on this machine.",
    next: [
      others.length === 0
        ? 'Sign in: `aws configure sso`, or `aws configure` for access keys; or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.'
        : `Name a profile with --profile or AWS_PROFILE: ${others.join(', ')}; or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`,
    ],
  }
}

function messageOf(thrown: unknown): string {
  return sentence(thrown instanceof Error ? thrown.message : String(thrown))
}

/** The SDK adds whether its next step was tried. */
function withoutLead(text: string): string {
  return text.replace(/^@smithy\/property-provider (?:->|\(!\)) /, '')
}
