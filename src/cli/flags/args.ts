import * as Args from '@oclif/core/args'
import { LambdactlError } from '../../errors/error.ts'

/** The argument of commands for one function. */
export const oneFunction = {
  function: Args.string({ description: 'a function of lambdactl.yaml', required: true }),
}

/** The argument of commands that read the log of one function. */
export const oneLoggedFunction = {
  function: Args.string({ description: 'a function of lambdactl.yaml or Lambda, or an ARN', required: true }),
}

/** The argument of commands for several functions. */
export const severalFunctions = {
  function: Args.string({
    description: 'functions of lambdactl.yaml; default: all',
    multiple: true,
  }),
}

/** The argument of commands for several functions that take all of them only if a flag says so. */
export const namedFunctions = {
  function: Args.string({ description: 'functions of lambdactl.yaml', multiple: true }),
}

/** An argument that takes a whole number of concurrent executions, by default from 0 on, or `none`. */
export const amountArg = Args.custom<number | 'none', { least?: number }>({
  async parse(text, _, { least = 0 }) {
    if (text === 'none') return text
    if (/^\d+$/.test(text) && Number(text) >= least) return Number(text)
    if (/^\d+$/.test(text)) {
      throw new LambdactlError('USAGE', `Expected an amount of at least ${least}, got ${text}.`, {
        next: ['To remove the amount, write none in place of the number.'],
      })
    }
    throw new LambdactlError(
      'USAGE',
      `Expected a whole number or none as the amount, got ${JSON.stringify(text)}.`,
      { next: ['Name the function first, then the amount: hello 10.'] },
    )
  },
})

/** An argument that names a version; Lambda takes a number, `$LATEST` or the name of an alias. */
export function oneVersion(description: string) {
  return Args.string({
    description,
    required: true,
    async parse(text) {
      if (/^(?:\$LATEST|[a-zA-Z0-9_-]{1,128})$/.test(text)) return text
      throw new LambdactlError(
        'USAGE',
        `Expected a version's number, $LATEST or an alias, got ${JSON.stringify(text)}.`,
        { next: ["Quote $LATEST for a shell: '$LATEST'."] },
      )
    },
  })
}
