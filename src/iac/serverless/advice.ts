import type { TemplateFunction } from '../cloudformation/template-functions.ts'
import type { LeftOut } from '../found-function.ts'
import { mapOf, textOf, valueIn } from '../json.ts'

/**
 * Says what to change in serverless.yml, so that its next deployment leaves a release alone, and its packages have the
 * same files as before.
 *
 * @param state the framework's own file beside the template
 */
export function packageAdvice(
  state: Readonly<Record<string, unknown>>,
  functions: readonly TemplateFunction[],
  file: string,
): LeftOut[] {
  const say = (what: string, why: string): LeftOut => ({ what, file, why })
  const makes = (type: string) =>
    functions.some(({ namedBy }) => namedBy.some((each) => each.type === `AWS::Lambda::${type}`))
  return [
    ...(makes('Alias')
      ? [say('plugins', 'one makes an alias, and moves it past all gates with a deployment; remove it')]
      : []),
    ...(makes('Version')
      ? [say('provider.versionFunctions', 'each deployment publishes versions of its own; set it to false')]
      : []),
    ...(packsFolder(state)
      ? [
          say(
            'package.patterns',
            'the next package would have the files of lambdactl too; add "!lambdactl.*" and "!.lambdactl/**"',
          ),
        ]
      : []),
  ]
}

/** True if one zip has the whole folder of serverless.yml; a bundler takes the files that the code needs. */
function packsFolder(state: Readonly<Record<string, unknown>>): boolean {
  const config = mapOf(valueIn(state, 'service', 'initialServerlessConfig'))
  const isShared = valueIn(state, 'package', 'individually') === false
  const patterns = textsOf(valueIn(config, 'package', 'patterns'))
  const isLeftOut = patterns.some((each) => /^!(?:\.\/)?(?:\*\*?(?:\/\*\*?)?|.*lambdactl.*)$/.test(each))
  const isBundled =
    'build' in config || textsOf(config['plugins']).some((each) => /esbuild|webpack|bundle|parcel/.test(each))
  return isShared && !isLeftOut && !isBundled
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.flatMap((each) => textOf(each) ?? []) : []
}
