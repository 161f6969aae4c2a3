import * as Args from '@oclif/core/args'

/** The argument of commands for one function. */
export const oneFunction = {
  function: Args.string({ description: 'a function of lambdactl.yaml', required: true }),
}

/** The argument of commands for several functions. */
export const severalFunctions = {
  function: Args.string({
    description: 'functions of lambdactl.yaml; default: all',
    multiple: true,
  }),
}
