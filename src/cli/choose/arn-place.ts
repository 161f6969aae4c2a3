import type { LocatedEnvironment } from '../../config/service/locate.ts'
import { LambdactlError } from '../../errors/error.ts'
import { functionArn } from './function-arn.ts'

/** A Region and an account of AWS. */
interface ArnPlace {
  region?: string
  /** 12 digits. */
  account?: string
}

/**
 * The place that ARNs of functions name; empty without an ARN among the words.
 *
 * @throws LambdactlError USAGE for ARNs of several places
 */
export function placeOfArns(words: readonly string[]): ArnPlace {
  const arns = words.map(functionArn).filter((arn) => arn !== undefined)
  const [first, ...others] = arns
  if (!first) return {}
  const { region, account } = first
  if (others.every((arn) => arn.region === region && arn.account === account)) return { region, account }
  throw new LambdactlError('USAGE', 'The ARNs are of several Regions or accounts; a command reads in one.', {
    next: ['Run the command once for each Region and account.'],
  })
}

/**
 * A function of the same name elsewhere must not be read in place of the one that an ARN names.
 *
 * @param region where the command reads
 * @throws LambdactlError USAGE
 */
export function requireSamePlace(
  words: readonly string[],
  { name, account }: Pick<LocatedEnvironment, 'name' | 'account'>,
  region: string | undefined,
): void {
  const arn = placeOfArns(words)
  if (!differs(arn.region, region) && !differs(arn.account, account)) return
  const at = [region, account].filter(Boolean).join(' · ')
  const here = name === '' ? `this command reads in ${at}` : `the environment ${name} is in ${at}`
  throw new LambdactlError(
    'USAGE',
    `The ARN names a function in ${arn.region} · ${arn.account}, and ${here}.`,
    {
      next:
        name === ''
          ? ['Leave out --region, LAMBDACTL_REGION and the like: the ARN names the Region.']
          : [
              "Name that place's environment: --env …",
              'Or run the command in a folder without lambdactl.yaml.',
            ],
    },
  )
}

function differs(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other
}
